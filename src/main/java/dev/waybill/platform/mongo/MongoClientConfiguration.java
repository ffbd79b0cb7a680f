package dev.waybill.platform.mongo;

import java.util.concurrent.TimeUnit;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long a request waits for a database that is away. Left alone, the driver looks for a server for 30 seconds. */
@Configuration(proxyBeanMethods = false)
class MongoClientConfiguration {

    /** Long enough for a replica set to elect a new primary most of the time, short enough for a request to wait. */
    private static final int FIND_SERVER_MILLIS = 5000;

    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 30_000;

    @Bean
    MongoClientSettingsBuilderCustomizer boundedWaits() {
        return settings -> settings.applicationName("waybill")
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(FIND_SERVER_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(READ_MILLIS, TimeUnit.MILLISECONDS));
    }
}
