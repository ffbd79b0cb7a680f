package dev.waybill.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A clock that a test moves, for one or several services of this JVM: start them with {@link #settings()}. It goes on by
 * itself until it is stopped at an instant.
 */
public final class MovedTime implements InstantSource {

    private static final String PROPERTY = "waybill.test.time";
    private static final Map<String, MovedTime> KNOWN = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant stopped;

    private MovedTime() {}

    public static MovedTime create() {
        MovedTime time = new MovedTime();
        KNOWN.put(time.name, time);
        return time;
    }

    /** What makes a service go by this clock. */
    public Map<String, String> settings() {
        return Map.of(PROPERTY, name);
    }

    /** It stands still from now on. */
    public void stopAt(Instant instant) {
        stopped = instant;
    }

    /** It is so much ahead of the machine's clock from now on. */
    public void ahead(Duration duration) {
        stopped = null;
        ahead = duration;
    }

    /** It makes a leap, from wherever it is. */
    public synchronized void forward(Duration duration) {
        ahead(ahead.plus(duration));
    }

    @Override
    public Instant instant() {
        Instant standing = stopped;
        return standing != null
                ? standing
                : InstantSource.system().instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Puts the clock into the services that ask for it. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String wanted = context.getEnvironment().getProperty(PROPERTY);
            if (wanted != null) {
                context.getBeanFactory().registerSingleton("movedTime", KNOWN.get(wanted));
            }
        }
    }
}
