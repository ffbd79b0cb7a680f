package dev.waybill.testing;

import static org.awaitility.Awaitility.await;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.ObjectStorage;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/**
 * A service of this JVM that dies at a fault point as a process dies of kill -9, without the seconds that a process
 * costs: the thread that comes there stops for ever (no {@code finally} runs, as it would after an exception), nothing
 * that any other of its threads still does reaches a store (no lease is renewed, no task is taken), and its clients'
 * connections break. What it leaves is what a killed process leaves; {@link KillTests} shows that for each flow. Besides
 * those of the service there is the fault point {@code storage.put}: the bytes are there, and nobody knows that yet.
 *
 * <p>When its story is over, and not before, what is left of it is cleared away behind cut connections, and it serves
 * the next story: like an instance that was cut off for a while, which costs no new start.
 */
public final class CrashableService implements DoomedService {

    private static final Duration CRASH_WAIT = Duration.ofSeconds(60);
    private static final Duration CLEARING = Duration.ofSeconds(40);

    private final ServiceUnderTest service;
    private final StoreLinks links;
    private final Relay front;
    private final FaultPlan plan;

    private CrashableService(ServiceUnderTest service, StoreLinks links, FaultPlan plan) {
        this.service = service;
        this.links = links;
        this.plan = plan;
        this.front = Relay.to(service.base().getPort());
    }

    /** @param settings more settings, or others: named as in the environment or as Spring's properties */
    static CrashableService start(Stores stores, Map<String, String> settings) {
        StoreLinks links = stores.links();
        FaultPlan plan = new FaultPlan();
        FaultPlan.KNOWN.put(plan.name, plan);
        Map<String, String> all = new HashMap<>(links.environment());
        // Nobody waits for what a dead service would still like to do.
        all.put("waybill.tasks.shutdown-wait", "0s");
        all.put("spring.lifecycle.timeout-per-shutdown-phase", "1s");
        all.put("server.shutdown", "immediate");
        all.put("waybill.mongo.server-selection-timeout", "2s");
        all.put("spring.data.redis.timeout", "1s");
        // It is another instance than the one that goes on after it.
        all.putAll(MovedTime.onAWrongMachine());
        all.putAll(settings);
        all.put(FaultPlan.PROPERTY, plan.name);
        return new CrashableService(ServiceUnderTest.start(all), links, plan);
    }

    /** From now on it dies when it comes to this fault point. */
    CrashableService dyingAt(String faultPoint) {
        plan.next = new Crash(faultPoint, this::vanish);
        return this;
    }

    /** @see ServiceUnderTest#rest */
    void rest() {
        service.rest();
    }

    /** @see ServiceUnderTest#goOn */
    void goOn() {
        service.goOn();
    }

    /** The fault points that are come to while this is done. */
    Set<String> stepsOf(Runnable work) {
        Set<String> steps = ConcurrentHashMap.newKeySet();
        plan.next = steps::add;
        work.run();
        plan.next = FaultPlan.NOTHING;
        return Set.copyOf(steps);
    }

    /** Who comes to this fault point first goes on there after others did this. */
    CrashableService slowAt(String faultPoint, Runnable meanwhile) {
        plan.next = new Pause(faultPoint, meanwhile);
        return this;
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    @Override
    public void awaitDeath() {
        await().atMost(CRASH_WAIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> plan.crash().isOver());
    }

    /** Dies here and now, whatever it is doing. */
    public void crash() {
        plan.crash().come();
    }

    /**
     * It was not dead, but stood still: what it had sent arrives, late, and it goes on where it was. When this returns, whoever
     * was in the middle of something is through with it.
     */
    public void wakeUp() {
        Crash crash = plan.crash();
        plan.next = FaultPlan.NOTHING;
        crash.wakeUp();
        links.thaw();
        front.resume();
        await().atMost(CRASH_WAIT).until(crash::isCleared);
    }

    /** The story is over: what died is cleared away, nothing of it reaches a store, and the service may serve again. */
    @Override
    public void close() {
        close(() -> {});
    }

    /** @param meanwhile done to the stores while nothing of what died can reach them */
    void close(Runnable meanwhile) {
        FaultPoints planned = plan.next;
        if (planned instanceof Crash crash && crash.isOver()) {
            revive(crash, meanwhile);
        }
        plan.next = FaultPlan.NOTHING;
        if (planned instanceof Pause pause) {
            pause.requireOver();
        }
    }

    private void revive(Crash crash, Runnable meanwhile) {
        links.cut();
        crash.letGo();
        await().atMost(CLEARING).until(() -> crash.isCleared() && isIdle());
        meanwhile.run();
        plan.next = FaultPlan.NOTHING;
        links.resume();
        front.resume();
        await().atMost(CLEARING)
                .until(() -> service.anonymous()
                        .get("/v1/health?deep=true")
                        .at("/status")
                        .equals("OK"));
    }

    /** Whether nobody is left who waits for a store, and would go on when it answers again. */
    private boolean isIdle() {
        return plan.requests.get() == 0 && service.runningTasks() == 0;
    }

    /** For good, dead or alive. */
    void stop() {
        FaultPlan.KNOWN.remove(plan.name);
        front.close();
        if (plan.next instanceof Crash crash && crash.isOver()) {
            links.close();
            crash.letGo();
        }
        service.close();
        links.close();
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

    /** What is to become of one service next, and where. */
    private static final class FaultPlan implements FaultPoints {

        private static final String PROPERTY = "waybill.test.fault-plan";
        private static final Map<String, FaultPlan> KNOWN = new ConcurrentHashMap<>();

        private static final FaultPoints NOTHING = step -> {};

        private final String name = UUID.randomUUID().toString();
        private final AtomicInteger requests = new AtomicInteger();
        private volatile FaultPoints next = NOTHING;

        @Override
        public void reach(String step) {
            next.reach(step);
        }

        private Crash crash() {
            if (next instanceof Crash crash) {
                return crash;
            }
            throw new IllegalStateException("nobody said where it is to die");
        }
    }

    /** Puts the plan into the service that asks for it. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String wanted = context.getEnvironment().getProperty(FaultPlan.PROPERTY);
            if (wanted != null) {
                FaultPlan plan = FaultPlan.KNOWN.get(wanted);
                context.getBeanFactory().registerSingleton("faultPlan", plan);
                context.getBeanFactory().registerSingleton("requestCount", new RequestCount(plan.requests));
                context.getBeanFactory().addBeanPostProcessor(new FaultsOfStorage(plan));
                runNoPeriodicJobs(context);
            }
        }
    }

    /** How many requests are being answered. */
    private record RequestCount(AtomicInteger open) implements Filter, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            open.incrementAndGet();
            try {
                chain.doFilter(request, response);
            } finally {
                open.decrementAndGet();
            }
        }
    }

    /** Makes the moment right after a write into storage a fault point. */
    private record FaultsOfStorage(FaultPoints faults) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof ObjectStorage storage ? reaching(storage) : bean;
        }

        private ObjectStorage reaching(ObjectStorage storage) {
            return (ObjectStorage) Proxy.newProxyInstance(
                    ObjectStorage.class.getClassLoader(),
                    new Class<?>[] {ObjectStorage.class},
                    (proxy, method, arguments) -> call(storage, method, arguments));
        }

        private @Nullable Object call(ObjectStorage storage, Method method, @Nullable Object[] arguments)
                throws Throwable {
            try {
                Object answer = method.invoke(storage, arguments);
                if (method.getName().equals("put")) {
                    faults.reach("storage.put");
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
