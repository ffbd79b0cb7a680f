package dev.waybill.platform.mongo;

import dev.waybill.platform.ids.TextValue;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.convert.ConverterBuilder;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** The mapping of entities to BSON: no class names, map keys as callers gave them, decimals as decimals. */
@Configuration(proxyBeanMethods = false)
class MongoMapping {

    @Bean
    static MongoCustomConversions mongoCustomConversions() {
        return MongoCustomConversions.create(conversions -> conversions
                .bigDecimal(BigDecimalRepresentation.DECIMAL128)
                .registerConverters(List.of(
                        new TextValues(), ConverterBuilder.writing(TextValue.class, String.class, TextValue::value))));
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
}
