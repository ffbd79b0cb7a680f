package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class ClockOffsetTests {

    private final OwnLines log = new OwnLines();
    private final LocalMongo server = LocalMongo.start(null, 0);
    private final Relay relay = Relay.to(server.port());
    private final MongoClient client =
            MongoClients.create("mongodb://127.0.0.1:" + relay.port() + "/?serverSelectionTimeoutMS=1000");
    private volatile Duration wrong = Duration.ZERO;
    private final DatabaseClock clock =
            new DatabaseClock(() -> InstantSource.system().instant().plus(wrong));
    private final ClockOffset offset = new ClockOffset(new SimpleMongoClientDatabaseFactory(client, "waybill"), clock);

    /** What this thread logs: services of other classes have wrong clocks too. */
    private static final class OwnLines extends AppenderBase<ILoggingEvent> {

        private final String thread = Thread.currentThread().getName();
        private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getThreadName().equals(thread)) {
                lines.add(line);
            }
        }
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
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
    void aClockThatGoesWrongLaterIsFollowedAndWhoRunsItIsToldOnce() {
        log.start();
        logger().addAppender(log);

        wrong = Duration.ofSeconds(4);
        offset.measure();
        assertThat(log.lines).isEmpty();

        wrong = Duration.ofSeconds(6);
        offset.measure();
        offset.measure();
        assertShowsTheDatabasesTime();
        assertThat(log.lines).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("clock", "NTP");
        });

        wrong = Duration.ZERO;
        offset.measure();
        assertShowsTheDatabasesTime();
    }

    @Test
    void whenTheDatabaseDoesNotTellTheLastOffsetHolds() {
        wrong = Duration.ofSeconds(30);
        offset.measure();
        Duration known = clock.offset();
        relay.freeze();

        offset.measure();

        assertThat(clock.offset()).isEqualTo(known);
        assertShowsTheDatabasesTime();
    }

    /** Another class may just be starting the logging of this JVM, and only what comes after it can be cast. */
    private static Logger logger() {
        await().until(() -> LoggerFactory.getLogger(ClockOffset.class) instanceof Logger);
        return (Logger) LoggerFactory.getLogger(ClockOffset.class);
    }

    private void assertShowsTheDatabasesTime() {
        assertThat(clock.instant()).isCloseTo(InstantSource.system().instant(), within(100, ChronoUnit.MILLIS));
    }
}
