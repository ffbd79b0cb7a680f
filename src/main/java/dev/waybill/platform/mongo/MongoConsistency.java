package dev.waybill.platform.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Write concern and read concern majority, on the primary: what was decided stays decided, as writes wait for a
 * majority of the replica set, and reads see only such writes. It comes after the connection string, because no option
 * in it may loosen this: of two who want the same unique value, each must see who was first.
 */
@Component
final class MongoConsistency implements MongoClientSettingsBuilderCustomizer, Ordered {

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        settings.writeConcern(WriteConcern.MAJORITY)
                .readConcern(ReadConcern.MAJORITY)
                .readPreference(ReadPreference.primary());
    }
}
