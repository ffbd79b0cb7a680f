package dev.waybill.testing;

import dev.waybill.platform.ids.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A clock that a test moves, for one or several services of this JVM: start them with {@link #settings()}. It runs by
 * itself until it is stopped at an instant. A service adds the move to its estimate of the database's time, so it never
 * corrects it; the clock of the machine underneath may be wrong besides, see {@link #onAWrongMachine}.
 */
public final class MovedTime implements InstantSource {

    private static final String PROPERTY = "waybill.test.time";
    private static final String MACHINE = "waybill.test.clock-offset";
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

    /** The settings by which a service uses this clock. */
    public Map<String, String> settings() {
        return Map.of(PROPERTY, name);
    }

    /** The settings by which a service's machine has a clock that is half a minute ahead. */
    public static Map<String, String> onAWrongMachine() {
        return Map.of(MACHINE, "30s");
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
        return over(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private Instant over(Instant now) {
        Instant standing = stopped;
        return standing != null ? standing : now.plus(ahead);
    }

    /** Installs the clocks in the services whose settings name them. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Duration wrong =
                    DurationStyle.detectAndParse(context.getEnvironment().getProperty(MACHINE, "0s"));
            DatabaseClock database =
                    new DatabaseClock(() -> InstantSource.system().instant().plus(wrong));
            context.getBeanFactory().registerSingleton("databaseClock", database);
            String wanted = context.getEnvironment().getProperty(PROPERTY);
            if (wanted != null) {
                MovedTime moved = KNOWN.get(wanted);
                InstantSource clock = () -> moved.over(database.instant());
                context.getBeanFactory().registerSingleton("movedTime", clock);
            }
        }
    }
}
