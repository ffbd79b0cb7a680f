package dev.waybill.platform.mongo;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** How documents are written: no class names, map keys as callers gave them, decimals as decimals. */
@Configuration(proxyBeanMethods = false)
class MongoMapping {

    @Bean
    static MongoCustomConversions mongoCustomConversions() {
        return MongoCustomConversions.create(conversions -> conversions
                .bigDecimal(BigDecimalRepresentation.DECIMAL128)
                .registerConverters(List.of(
                        new WriteOrganization(), new ReadOrganization(), new WriteNamespace(), new ReadNamespace())));
    }

    @Bean
    static MappingMongoConverter mappingMongoConverter(
            ObjectProvider<MongoDatabaseFactory> database,
            MongoMappingContext context,
            MongoCustomConversions conversions) {
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        database.ifAvailable(converter::setCodecRegistryProvider);
        // A class name in a document would tie the data to the code's packages.
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        // Metadata may hold dots in its keys.
        converter.preserveMapKeys(true);
        return converter;
    }

    @WritingConverter
    static final class WriteOrganization implements Converter<OrganizationId, String> {

        @Override
        public String convert(OrganizationId id) {
            return id.value();
        }
    }

    @ReadingConverter
    static final class ReadOrganization implements Converter<String, OrganizationId> {

        @Override
        public OrganizationId convert(String value) {
            return new OrganizationId(value);
        }
    }

    @WritingConverter
    static final class WriteNamespace implements Converter<NamespaceId, String> {

        @Override
        public String convert(NamespaceId id) {
            return id.value();
        }
    }

    @ReadingConverter
    static final class ReadNamespace implements Converter<String, NamespaceId> {

        @Override
        public NamespaceId convert(String value) {
            return new NamespaceId(value);
        }
    }
}
