package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import org.junit.jupiter.api.Test;

class MongoConsistencyTests {

    @Test
    void noOptionOfTheAddressLoosensIt() {
        ConnectionString loose =
                new ConnectionString("mongodb://db/waybill?w=1&readPreference=secondary&readConcernLevel=local");
        MongoClientSettings.Builder settings = MongoClientSettings.builder().applyConnectionString(loose);

        new MongoConsistency().customize(settings);

        MongoClientSettings made = settings.build();
        assertThat(made.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
        assertThat(made.getReadConcern()).isEqualTo(ReadConcern.MAJORITY);
        assertThat(made.getReadPreference()).isEqualTo(ReadPreference.primary());
    }

    @Test
    void itComesAfterTheAddress() {
        // Spring Boot applies the address at 0.
        assertThat(new MongoConsistency().getOrder()).isGreaterThan(0);
    }
}
