package dev.waybill.objects;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.local.LocalMongo;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;
import org.springframework.data.mongodb.core.query.Query;

/** An empty database in memory, with documents named as in production. */
final class ObjectsDatabase implements AutoCloseable {

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final MongoClient client = MongoClients.create(server.uri());
    private final MongoTemplate template;

    ObjectsDatabase() {
        MongoCustomConversions conversions =
                MongoCustomConversions.create(adapter -> adapter.bigDecimal(BigDecimalRepresentation.DECIMAL128));
        MongoMappingContext context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        converter.preserveMapKeys(true);
        converter.afterPropertiesSet();
        template = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "waybill"), converter);
    }

    MongoTemplate template() {
        return template;
    }

    /** For objects of which nothing is made. */
    static ObjectProvider<ObjectTraces> noTraces() {
        return new StaticListableBeanFactory().getBeanProvider(ObjectTraces.class);
    }

    void empty() {
        template.getCollectionNames().forEach(name -> template.remove(new Query(), name));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
