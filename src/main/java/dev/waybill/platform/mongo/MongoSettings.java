package dev.waybill.platform.mongo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.mongodb.MongoClientSettings;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Sets the driver's time-outs. The driver's own would keep a request waiting for half a minute when the database is
 * away. It comes before the connection string is applied, so that options in the string win.
 */
@Component
final class MongoSettings implements MongoClientSettingsBuilderCustomizer, Ordered {

    private final MongoProperties properties;

    MongoSettings(MongoProperties properties) {
        this.properties = properties;
    }

    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        settings.applicationName("waybill")
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(
                        properties.serverSelectionTimeout().toMillis(), MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(
                                Math.toIntExact(properties.connectTimeout().toMillis()), MILLISECONDS)
                        .readTimeout(Math.toIntExact(properties.readTimeout().toMillis()), MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(properties.maxConnections())
                        .maxWaitTime(properties.poolWaitTimeout().toMillis(), MILLISECONDS));
    }
}
