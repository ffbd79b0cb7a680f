package dev.waybill.testing;

import static org.awaitility.Awaitility.await;

import dev.waybill.platform.errors.FaultPoints;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/**
 * A service of this JVM that dies at a fault point as a process dies of kill -9, without the seconds that a process
 * costs: the thread that comes there stops for ever (no {@code finally} runs, as it would after an exception), nothing
 * that any other of its threads still does reaches a store (no lease is renewed, no task is taken), and its clients'
 * connections break. What it leaves is what a killed process leaves; {@code KillTests} shows that for each flow.
 */
public final class CrashableService implements DoomedService {

    private static final Duration CRASH_WAIT = Duration.ofSeconds(60);

    private final ServiceUnderTest service;
    private final StoreLinks links;
    private final Relay front;
    private final Crash crash;

    private CrashableService(ServiceUnderTest service, StoreLinks links, Crash crash) {
        this.service = service;
        this.links = links;
        this.crash = crash;
        this.front = Relay.to(service.base().getPort());
        crash.whenItComes(this::vanish);
    }

    /** @param settings more settings, or others: named as in the environment or as Spring's properties */
    public static CrashableService start(Stores stores, String faultPoint, Map<String, String> settings) {
        StoreLinks links = stores.links();
        Crash crash = Crash.at(faultPoint);
        Map<String, String> all = new HashMap<>(links.environment());
        // Nobody waits for what a dead service would still like to do.
        all.put("waybill.tasks.shutdown-wait", "0s");
        all.put("spring.lifecycle.timeout-per-shutdown-phase", "1s");
        all.put("server.shutdown", "immediate");
        all.putAll(settings);
        all.put(Crash.PROPERTY, crash.name);
        return new CrashableService(ServiceUnderTest.start(all), links, crash);
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    @Override
    public void awaitDeath() {
        await().atMost(CRASH_WAIT).pollInterval(Duration.ofMillis(5)).until(crash::isOver);
    }

    /** Dies here and now, whatever it is doing. */
    public void crash() {
        crash.come();
    }

    /** Clears away what is left of it. Nothing of that reaches a store. */
    @Override
    public void close() {
        vanish();
        links.close();
        crash.letGo();
        Thread.ofPlatform().daemon().name("clear-away").start(service::close);
    }

    /** For who is to die: dying in the middle of a sweep would keep the sweep's lock. */
    static void runNoPeriodicJobs(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> {
            BeanDefinitionRegistry definitions = (BeanDefinitionRegistry) beans;
            String jobs = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME;
            if (definitions.containsBeanDefinition(jobs)) {
                definitions.removeBeanDefinition(jobs);
            }
        });
    }

    private void vanish() {
        links.freeze();
        front.cut();
    }

    /** The moment of death of one service. */
    static final class Crash implements FaultPoints {

        private static final String PROPERTY = "waybill.test.crash";
        private static final Map<String, Crash> KNOWN = new ConcurrentHashMap<>();

        private final String name = UUID.randomUUID().toString();
        private final String where;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CountDownLatch over = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile Runnable consequence = () -> {};

        private Crash(String where) {
            this.where = where;
        }

        private static Crash at(String where) {
            Crash crash = new Crash(where);
            KNOWN.put(crash.name, crash);
            return crash;
        }

        private void whenItComes(Runnable what) {
            consequence = what;
        }

        private boolean isOver() {
            return over.getCount() == 0;
        }

        @Override
        public void reach(String step) {
            if (step.equals(where)) {
                come();
            }
            if (begun.get()) {
                stop();
            }
        }

        private void come() {
            if (begun.compareAndSet(false, true)) {
                consequence.run();
                over.countDown();
            }
        }

        /** Until its remains are cleared away. */
        private void stop() {
            boolean interrupted = true;
            while (interrupted) {
                try {
                    released.await();
                    interrupted = false;
                } catch (InterruptedException e) {
                    // the dead do not hear
                }
            }
            throw new Gone();
        }

        private void letGo() {
            begun.set(true);
            released.countDown();
            KNOWN.remove(name);
        }
    }

    /** What ends the threads of a dead service when nothing that they do matters any more. */
    private static final class Gone extends Error {

        Gone() {
            super("this service is dead", null, false, false);
        }
    }

    /** Puts the crash into the service that asks for it. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String wanted = context.getEnvironment().getProperty(Crash.PROPERTY);
            if (wanted != null) {
                context.getBeanFactory().registerSingleton("crash", Crash.KNOWN.get(wanted));
                runNoPeriodicJobs(context);
            }
        }
    }
}
