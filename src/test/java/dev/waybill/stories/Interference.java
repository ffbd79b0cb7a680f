package dev.waybill.stories;

import dev.waybill.platform.errors.FaultPoints;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Fault points that let a test act in the middle of a request of a service of this JVM: when it reaches a step for the
 * first time, the test's action runs on the request's own thread, before it goes on.
 */
public final class Interference implements FaultPoints {

    private static final String PROPERTY = "waybill.test.interference";
    private static final Map<String, Interference> KNOWN = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private final Map<String, Runnable> once = new ConcurrentHashMap<>();

    private Interference() {}

    static Interference create() {
        Interference made = new Interference();
        KNOWN.put(made.name, made);
        return made;
    }

    /** Ends a request like the death of its process: nothing of it runs on. */
    static final class Death extends Error {}

    /** The settings by which a service uses these fault points. */
    Map<String, String> settings() {
        return Map.of(PROPERTY, name);
    }

    /** The next thread that reaches the step runs this there. */
    void at(String step, Runnable what) {
        once.put(step, what);
    }

    /** The next thread that reaches the step dies there. */
    void dieAt(String step) {
        at(step, () -> {
            throw new Death();
        });
    }

    /** Whether all actions have run. */
    boolean isOver() {
        return once.isEmpty();
    }

    @Override
    public void reach(String step) {
        @Nullable Runnable what = once.remove(step);
        if (what != null) {
            what.run();
        }
    }

    /** Installs it in the services whose settings name it. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String wanted = context.getEnvironment().getProperty(PROPERTY);
            if (wanted != null) {
                context.getBeanFactory().registerSingleton("interference", KNOWN.get(wanted));
            }
        }
    }
}
