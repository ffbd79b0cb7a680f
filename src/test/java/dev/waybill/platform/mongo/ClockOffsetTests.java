package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.local.LocalMongo;
import dev.waybill.platform.ids.DatabaseClock;
import dev.waybill.testing.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class ClockOffsetTests {

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final Relay relay = Relay.to(server.port());
    private final MongoClient client =
            MongoClients.create("mongodb://127.0.0.1:" + relay.port() + "/?serverSelectionTimeoutMS=1000");
    private volatile Duration wrong = Duration.ZERO;
    private final DatabaseClock clock =
            new DatabaseClock(() -> InstantSource.system().instant().plus(wrong));
    private final ClockOffset offset = new ClockOffset(new SimpleMongoClientDatabaseFactory(client, "waybill"), clock);

    @AfterEach
    void close() {
        offset.stop();
        client.close();
        relay.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30S", "-PT30S", "PT-2H", "PT0.2S"})
    void aWrongClockIsPutRight(Duration difference) {
        wrong = difference;

        offset.start();

        assertShowsTheDatabasesTime();
        assertThat(clock.offset()).isCloseTo(difference.negated(), Duration.ofMillis(100));
        MeterRegistry registry = new SimpleMeterRegistry();
        offset.bindTo(registry);
        assertThat(registry.get("waybill.clock.offset").timeGauge().value(TimeUnit.MILLISECONDS))
                .isEqualTo(clock.offset().toMillis());
    }

    @Test
    void aClockThatIsRightIsLeftAlone() {
        offset.measure();
        offset.measure();

        // Both clocks are one, and what the round trip hides is no difference.
        assertThat(clock.offset()).isZero();
    }

    @Test
    void aClockThatGoesWrongLaterIsFollowedAndLoggedOnce() {
        wrong = Duration.ofSeconds(4);
        assertThat(offset.measure()).isFalse();

        wrong = Duration.ofSeconds(6);
        assertThat(offset.measure()).isTrue();
        assertThat(offset.measure()).isFalse();
        assertShowsTheDatabasesTime();

        wrong = Duration.ZERO;
        offset.measure();
        assertShowsTheDatabasesTime();
    }

    @Test
    void whenTheDatabaseDoesNotAnswerTheLastOffsetHolds() {
        wrong = Duration.ofSeconds(30);
        offset.measure();
        Duration known = clock.offset();
        relay.freeze();

        offset.measure();

        assertThat(clock.offset()).isEqualTo(known);
        assertShowsTheDatabasesTime();
    }

    private void assertShowsTheDatabasesTime() {
        assertThat(clock.instant()).isCloseTo(InstantSource.system().instant(), within(100, ChronoUnit.MILLIS));
    }
}
