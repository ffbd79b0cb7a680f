package dev.waybill.platform.mongo;

import dev.waybill.testing.Databases;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.index.IndexResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** An empty database for the tests of stores, mapped as in production, with the indexes of the given documents. */
public final class TestMongo implements AutoCloseable {

    private final Databases.Database database;
    private final MongoTemplate template;

    /** On the stand-in. */
    public TestMongo() {
        this(Databases.STAND_IN);
    }

    /** @param documents the classes whose indexes are to be there */
    public TestMongo(Databases where, Class<?>... documents) {
        database = where.fresh();
        template = new MongoTemplate(
                new SimpleMongoClientDatabaseFactory(database.client(), database.name()), Mapping.CONVERTER);
        createIndexes(template, documents);
    }

    /** Creates what the documents' classes declare. */
    public static void createIndexes(MongoTemplate template, Class<?>... documents) {
        IndexResolver declared = IndexResolver.create(template.getConverter().getMappingContext());
        for (Class<?> document : documents) {
            declared.resolveIndexFor(document).forEach(template.indexOps(document)::createIndex);
        }
    }

    /** How ids are written, for an application of one module alone. */
    public static MongoCustomConversions conversions() {
        return MongoMapping.mongoCustomConversions();
    }

    public MongoTemplate template() {
        return template;
    }

    public MongoPages pages() {
        return pages(template);
    }

    /** Pages of an application of one module alone. */
    public static MongoPages pages(MongoTemplate template) {
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
