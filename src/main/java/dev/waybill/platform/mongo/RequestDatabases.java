package dev.waybill.platform.mongo;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.waybill.platform.deadline.RequestDeadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.stereotype.Component;

/**
 * Applies the request's deadline to each of its operations on MongoDB: what is left of it bounds finding a server, a
 * connection, the answer and every retry. Templates get the database before each operation. What no request waits for
 * goes by the time-outs of {@link MongoSettings}.
 */
final class RequestDatabases extends SimpleMongoClientDatabaseFactory {

    RequestDatabases(MongoClient client, String name) {
        super(client, name);
    }

    @Override
    protected MongoDatabase doGetMongoDatabase(String name) {
        MongoDatabase database = super.doGetMongoDatabase(name);
        Duration left = RequestDeadline.left();
        return left == null ? database : database.withTimeout(millis(left), TimeUnit.MILLISECONDS);
    }

    /** Zero would mean for ever. */
    private static long millis(Duration left) {
        long millis = left.toMillis();
        if (millis < 1) {
            throw over();
        }
        return millis;
    }

    /** As when no server is found: the operation was not sent. */
    static MongoTimeoutException over() {
        return new MongoTimeoutException("the request's time is over");
    }

    /** Takes the place of Spring Boot's, which makes no client where there is another one from the start. */
    @Component
    static final class Installation implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof SimpleMongoClientDatabaseFactory plain
                            && plain.getMongoCluster() instanceof MongoClient client
                    ? new RequestDatabases(client, plain.getMongoDatabase().getName())
                    : bean;
        }
    }
}
