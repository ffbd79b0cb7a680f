package dev.waybill.platform.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.local.LocalMongo;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** An empty database in memory, mapped as in production, for the tests of stores. */
public final class TestMongo implements AutoCloseable {

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final MongoClient client = MongoClients.create(server.uri());
    private final MongoTemplate template = template(client);

    public MongoTemplate template() {
        return template;
    }

    public MongoPages pages() {
        return new MongoPages(template, MongoPropertiesTests.defaults());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static MongoTemplate template(MongoClient client) {
        MongoDatabaseFactory database = new SimpleMongoClientDatabaseFactory(client, "waybill");
        var conversions = MongoMapping.mongoCustomConversions();
        MongoMappingContext context = new MongoMappingContext();
        context.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        var beans = new StaticListableBeanFactory();
        beans.addBean("database", database);
        MappingMongoConverter converter = MongoMapping.mappingMongoConverter(
                beans.getBeanProvider(MongoDatabaseFactory.class), context, conversions);
        converter.afterPropertiesSet();
        return new MongoTemplate(database, converter);
    }
}
