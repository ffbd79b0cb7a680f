package dev.waybill.tasks;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.platform.mongo.TestMongo;
import java.util.Objects;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** A client and a template that names and types fields as the service does. */
record MongoAccess(MongoClient client, MongoTemplate template) implements AutoCloseable {

    static MongoAccess to(String uri) {
        MongoClient client = MongoClients.create(uri);
        MongoCustomConversions conversions = TestMongo.conversions();
        MongoMappingContext context = new MongoMappingContext();
        context.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        converter.preserveMapKeys(true);
        converter.afterPropertiesSet();
        String database = Objects.requireNonNull(new ConnectionString(uri).getDatabase());
        return new MongoAccess(
                client, new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, database), converter));
    }

    @Override
    public void close() {
        client.close();
    }
}
