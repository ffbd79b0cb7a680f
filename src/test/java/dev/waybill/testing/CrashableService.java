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
 * A service of this JVM that crashes at a fault point as a process does by kill -9, without the seconds that a process
 * costs: the thread that reaches it stops for ever (no {@code finally} runs, as it would after an exception), nothing
 * that any other of its threads still does reaches a store (no lease is renewed, no task is taken), and its clients'
 * connections break. What it leaves is what a killed process leaves; {@link KillTests} shows that for each flow.
 * Besides those of the service there is the fault point {@code storage.put}: the bytes are stored, and that is recorded
 * nowhere.
 *
 * <p>When its test is over, and not before, its stopped threads are ended behind cut connections, and it serves the
 * next test: like an instance after a network partition, which costs no new start.
 */
public final class CrashableService implements DoomedService {

    static final String SERVER_SELECTION_TIMEOUT = "waybill.mongo.server-selection-timeout";

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
        // No graceful shutdown of a crashed service.
        all.put("waybill.tasks.shutdown-wait", "0s");
        all.put("spring.lifecycle.timeout-per-shutdown-phase", "1s");
        all.put("server.shutdown", "immediate");
        all.put(SERVER_SELECTION_TIMEOUT, "500ms");
        all.put("spring.data.redis.timeout", "1s");
        // Its machine's clock differs from that of the survivor.
        all.putAll(MovedTime.onAWrongMachine());
        all.putAll(settings);
        all.put(FaultPlan.PROPERTY, plan.name);
        return new CrashableService(ServiceUnderTest.start(all), links, plan);
    }

    /** From now on it crashes when it reaches this fault point. */
    CrashableService dyingAt(String faultPoint) {
        plan.next = new Crash(faultPoint, this::disconnect);
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

    /** The fault points that are reached during this work. */
    Set<String> stepsOf(Runnable work) {
        Set<String> steps = ConcurrentHashMap.newKeySet();
        plan.next = steps::add;
        work.run();
        plan.next = FaultPlan.NOTHING;
        return Set.copyOf(steps);
    }

    /** The first thread that reaches this fault point goes on there after this is done. */
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

    /** Crashes at once, whatever it is doing. */
    public void crash() {
        plan.crash().trigger();
    }

    /**
     * It was only stalled: what it had sent arrives late, and it goes on where it was. When this returns, all work that
     * was under way has ended.
     */
    public void wakeUp() {
        Crash crash = plan.crash();
        plan.next = FaultPlan.NOTHING;
        crash.wakeUp();
        links.thaw();
        front.resume();
        await().atMost(CRASH_WAIT).until(crash::isCleared);
    }

    /** The test is over: stopped threads are ended without reaching a store, and the service may serve again. */
    @Override
    public void close() {
        close(() -> {});
    }

    /** @param meanwhile done to the stores while the crashed service cannot reach them */
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
        crash.release();
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

    /** Whether no thread waits for a store any more, which would go on when it answers again. */
    private boolean isIdle() {
        return plan.requests.get() == 0 && service.runningTasks() == 0;
    }

    /** Stops it for good, crashed or not. */
    void stop() {
        FaultPlan.KNOWN.remove(plan.name);
        front.close();
        if (plan.next instanceof Crash crash && crash.isOver()) {
            links.close();
            crash.release();
        }
        service.close();
        links.close();
    }

    /** For services that are to crash: in the middle of a sweep, they would keep the sweep's lock. */
    static void runNoPeriodicJobs(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> {
            BeanDefinitionRegistry definitions = (BeanDefinitionRegistry) beans;
            String jobs = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME;
            if (definitions.containsBeanDefinition(jobs)) {
                definitions.removeBeanDefinition(jobs);
            }
        });
    }

    private void disconnect() {
        links.freeze();
        front.cut();
    }

    /** Which fault comes next in one service, and where. */
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
            throw new IllegalStateException("no fault point was set to crash at");
        }
    }

    /** Installs the plan in the service whose settings name it. */
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

    /** Counts the requests that are being answered. */
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

    /** Adds a fault point right after each write into storage. */
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
