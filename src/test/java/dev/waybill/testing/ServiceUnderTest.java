package dev.waybill.testing;

import dev.waybill.WaybillApplication;
import dev.waybill.extraction.sandbox.SharedChildren;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.web.context.support.ServletRequestHandledEvent;

/**
 * The whole application within this JVM, on a free port. Several of them may share the same stores, like instances
 * behind a load balancer.
 *
 * <pre>{@code
 * try (ServiceUnderTest service = ServiceUnderTest.start(Stores.create())) {
 *     Answer answer = service.client().post("/v1/namespaces", Map.of("namespace_name", "a"));
 * }
 * }</pre>
 */
public final class ServiceUnderTest implements AutoCloseable {

    /** Applied to every service that a test starts. */
    public static final String API_KEY = "sk_test_0123456789abcdef01234567";

    private static final Map<Map<String, String>, ServiceUnderTest> SHARED = new ConcurrentHashMap<>();
    private static final Duration UNUSED = Duration.ofSeconds(30);
    private static final ScheduledExecutorService RESTING = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resting").factory());
    private static final CachingMetadataReaderFactory CLASSES = new CachingMetadataReaderFactory() {
        @Override
        public void clearCache() {
            // each context would when it has read its configuration, for the others as well
        }
    };
    private static final Map<Resource, MetadataReader> SCANNED = new ConcurrentHashMap<>();

    static {
        CLASSES.setCacheLimit(10_000);
        // Logback reads logback-test.xml by itself: contexts that start side by side would each add its appenders
        // again.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }

    private final ConfigurableApplicationContext context;
    private final Map<String, String> settings;
    private final URI base;
    private volatile long lastUse = System.nanoTime();
    private boolean resting;
    private boolean takesTasksLater;

    private ServiceUnderTest(ConfigurableApplicationContext context, Map<String, String> settings) {
        this.context = context;
        this.settings = settings;
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        this.base = URI.create("http://127.0.0.1:" + port);
        Partners.listens(base, settings);
    }

    public static ServiceUnderTest start(Stores stores) {
        return start(stores, Map.of());
    }

    /** @param settings more settings, or others: named as in the environment or as Spring's properties */
    public static ServiceUnderTest start(Stores stores, Map<String, String> settings) {
        return start(merged(stores.environment(), settings));
    }

    /** @param settings more settings, or others: named as in the environment or as Spring's properties */
    public static ServiceUnderTest start(StoreLinks links, Map<String, String> settings) {
        return start(merged(links.environment(), settings));
    }

    /**
     * @param settings where the stores are, and whatever else: named as in the environment or as Spring's properties
     */
    static ServiceUnderTest start(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("WAYBILL_BOOTSTRAP_API_KEY", API_KEY);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        // Beans that no test needs are not created. Processes, and services for tests of the whole, create all at once.
        all.put("spring.main.lazy-initialization", "true");
        // A machine that is busy with tests is slow: that is no outage of a store, and no failed request.
        all.put("waybill.web.request-deadline", "1m");
        all.put("spring.data.redis.timeout", "5s");
        all.put("waybill.mongo.server-selection-timeout", "15s");
        all.put("waybill.storage.connect-timeout", "10s");
        all.put("waybill.storage.attempt-timeout", "10s");
        all.put("waybill.storage.request-timeout", "20s");
        // A deletion waits for requests that began before it: those of tests take less than a minute.
        all.put("waybill.deletions.settle", "1s");
        // Emitted events are dispatched at once; the periodic job for the rest would cost time in every idle service.
        all.put("waybill.webhooks.sweep-interval", "3s");
        all.put("waybill.blobs.delete-interval", "2s");
        // The shared servers need no probe at the start.
        all.put("waybill.storage.probe", "false");
        all.putAll(TestConnectors.ON);
        all.putAll(SharedChildren.ON);
        all.putAll(FullDisk.ON);
        all.putAll(settings);
        SpringApplication application = new SpringApplication(WaybillApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                context -> asEnvironment(context.getEnvironment(), all), ServiceUnderTest::shareClassMetadata);
        return new ServiceUnderTest(application.run(arguments(all)), Map.copyOf(all));
    }

    /**
     * Every start scans all of the application's class files, which stay the same: they are read once. The name is that
     * of {@code SharedMetadataReaderFactoryContextInitializer} in Spring Boot, which creates none where there is one;
     * the component scan caches what it read in the context's own cache, which is emptied when the context has started.
     */
    private static void shareClassMetadata(ConfigurableApplicationContext context) {
        ((BeanDefinitionRegistry) context)
                .registerBeanDefinition(
                        "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory",
                        new RootBeanDefinition(MetadataReaderFactory.class, () -> CLASSES));
        Map<Resource, MetadataReader> scanned =
                ((DefaultResourceLoader) context).getResourceCache(MetadataReader.class);
        scanned.putAll(SCANNED);
        context.addBeanFactoryPostProcessor(beans -> SCANNED.putAll(scanned));
    }

    /** One for all tests of this JVM that need nothing special; it is stopped with the JVM. */
    public static ServiceUnderTest shared() {
        return shared(Map.of());
    }

    /**
     * One for all tests of this JVM that need these settings; it is stopped with the JVM.
     *
     * @param settings more settings, or others: named as in the environment or as Spring's properties
     */
    public static ServiceUnderTest shared(Map<String, String> settings) {
        return SHARED.computeIfAbsent(Map.copyOf(settings), each -> {
            ServiceUnderTest service = start(Stores.create(), each);
            service.restWhenUnused();
            Stores.beforeTheyStop(service::close);
            return service;
        });
    }

    /** One more instance on the same stores, on a machine whose clock is wrong. */
    public ServiceUnderTest another(Map<String, String> more) {
        return start(merged(merged(settings, MovedTime.onAWrongMachine()), more));
    }

    /** A client with the administrator's key. */
    public WaybillClient client() {
        return anonymous().withKey(API_KEY);
    }

    /** A client without a key. */
    public WaybillClient anonymous() {
        return WaybillClient.of(base);
    }

    /** A client of the management port, for a service that was started with {@code management.server.port=0}. */
    public WaybillClient management() {
        String port = context.getEnvironment().getRequiredProperty("local.management.port");
        return WaybillClient.of(URI.create("http://127.0.0.1:" + port));
    }

    /** What Prometheus would read, of services without a management port too. */
    public String metrics() {
        return bean(PrometheusMeterRegistry.class).scrape();
    }

    public URI base() {
        return base;
    }

    /** Every document of its database by collection, on the server that all tests share. */
    Map<String, List<Document>> documents() {
        return Stores.documents(settings.get("MONGODB_URI"));
    }

    /** The keys of all files in its bucket, read directly from storage. */
    public List<String> keys() {
        return Stores.keys(settings.get("S3_BUCKET"));
    }

    /** A bean of the running application, for what cannot be seen from outside. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /**
     * Runs a periodic job now.
     *
     * @param job class and method, such as {@code BucketDeletions.resume}
     */
    public void runJob(String job) {
        beans(ScheduledTaskHolder.class).stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .filter(task -> task.toString().endsWith("." + job))
                .findFirst()
                .orElseThrow()
                .getTask()
                .getRunnable()
                .run();
    }

    /** Starts no periodic job and no task until {@link #goOn}. */
    synchronized void rest() {
        context.getBean(ThreadPoolTaskScheduler.class).stop();
        takesTasksLater = workers().isRunning();
        takeNoTasks();
    }

    /** Resumes its periodic jobs and workers, if they rested. */
    synchronized void goOn() {
        context.getBean(ThreadPoolTaskScheduler.class).start();
        if (takesTasksLater) {
            takesTasksLater = false;
            takeTasks();
        }
    }

    /**
     * The jobs and workers of a service that is over with its classes would poll until the last test of all, which took
     * a tenth of the suite's processor time. They rest after half a minute without a request, and go on with the next.
     */
    private void restWhenUnused() {
        context.addApplicationListener(new UseListener());
        RESTING.scheduleWithFixedDelay(this::restIfUnused, 5, 5, TimeUnit.SECONDS);
    }

    private synchronized void use() {
        lastUse = System.nanoTime();
        if (resting) {
            resting = false;
            goOn();
        }
    }

    private synchronized void restIfUnused() {
        if (!resting && System.nanoTime() - lastUse > UNUSED.toNanos() && runningTasks() == 0) {
            resting = true;
            rest();
        }
    }

    /** How many tasks are running. */
    double runningTasks() {
        return bean(MeterRegistry.class).get("waybill.tasks.running").gauge().value();
    }

    private final class UseListener implements ApplicationListener<ServletRequestHandledEvent> {

        @Override
        public void onApplicationEvent(ServletRequestHandledEvent event) {
            use();
        }
    }

    /** Takes tasks from now on, though it was started without workers. */
    public void takeTasks() {
        workers().start();
    }

    /** Takes no task from now on; running ones are finished. */
    public void takeNoTasks() {
        workers().stop();
    }

    private Lifecycle workers() {
        return beans(SmartLifecycle.class).stream()
                .filter(bean -> bean.getClass().getSimpleName().equals("TaskWorker"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }

    private static Map<String, String> merged(Map<String, String> stores, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(stores);
        all.putAll(settings);
        return all;
    }

    /** Not as arguments alone: only in the environment does WAYBILL_TASKS_LEASE mean waybill.tasks.lease. */
    private static void asEnvironment(ConfigurableEnvironment environment, Map<String, String> settings) {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "settings-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.copyOf(settings)));
    }

    static String[] arguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
    }
}
