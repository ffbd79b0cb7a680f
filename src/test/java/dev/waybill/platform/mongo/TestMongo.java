package dev.waybill.platform.mongo;

import dev.waybill.testing.Databases;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** An empty database, mapped as in production and with the indexes that are asked for, for the tests of stores. */
public final class TestMongo implements AutoCloseable {

    private final Databases.Database database;
    private final MongoTemplate template;

    /** On the stand-in. */
    public TestMongo() {
        this(Databases.STAND_IN);
    }

    public TestMongo(Databases where, IndexDeclaration... indexes) {
        database = where.fresh();
        template = new MongoTemplate(
                new SimpleMongoClientDatabaseFactory(database.client(), database.name()), Mapping.CONVERTER);
        for (IndexDeclaration declared : indexes) {
            declared.indexes().forEach(template.indexOps(declared.collection())::createIndex);
        }
    }

    public MongoTemplate template() {
        return template;
    }

    public MongoPages pages() {
        return new MongoPages(template, MongoPropertiesTests.defaults());
    }

    @Override
    public void close() {
        database.close();
    }

    /** Made once: it reads every document's class, and that takes longer than most tests. */
    private static final class Mapping {

        static final MappingMongoConverter CONVERTER = converter();

        private static MappingMongoConverter converter() {
            var conversions = MongoMapping.mongoCustomConversions();
            MongoMappingContext context = new MongoMappingContext();
            context.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
            context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
            MappingMongoConverter converter = MongoMapping.mappingMongoConverter(
                    new StaticListableBeanFactory().getBeanProvider(MongoDatabaseFactory.class), context, conversions);
            converter.afterPropertiesSet();
            return converter;
        }
    }
}
