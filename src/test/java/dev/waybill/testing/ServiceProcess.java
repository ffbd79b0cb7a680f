package dev.waybill.testing;

import static org.awaitility.Awaitility.await;

import dev.waybill.WaybillApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The application as a process of its own, so that it can be killed. Its log goes to a file that is shown when it
 * does not start.
 */
public final class ServiceProcess implements DoomedService {

    private static final Duration START_WAIT = Duration.ofSeconds(90);

    private final Process process;
    private final URI base;
    private final Path log;

    private ServiceProcess(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    /**
     * Starts one that is halted, as by kill -9, when it reaches a fault point.
     *
     * @param settings more settings, or others: named as in the environment or as Spring's properties
     */
    static ServiceProcess haltingAt(Stores stores, String faultPoint, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("spring.main.lazy-initialization", "true");
        all.put(HaltAt.VARIABLE, faultPoint);
        return start(stores, all);
    }

    /** @param settings more settings, or others: named as in the environment or as Spring's properties */
    public static ServiceProcess start(Stores stores, Map<String, String> settings) {
        ServiceProcess service = launch(stores.environment(), settings);
        service.awaitReady();
        if (!service.process.isAlive() && !service.log().isEmpty() && !settings.containsKey(HaltAt.VARIABLE)) {
            throw new IllegalStateException("the service did not start:\n" + service.log());
        }
        return service;
    }

    /** Starts it without waiting for anything. */
    static ServiceProcess launch(Map<String, String> services, Map<String, String> settings) {
        return launch(QuickStart.options(classPath()), services, settings);
    }

    /** @param options of the JVM, the class path among them */
    static ServiceProcess launch(List<String> options, Map<String, String> services, Map<String, String> settings) {
        int port = freePort();
        try {
            Path log = Files.createTempFile("waybill-process", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command(options))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> environment = builder.environment();
            environment.putAll(services);
            environment.put("SERVER_PORT", String.valueOf(port));
            environment.put("SERVER_ADDRESS", "127.0.0.1");
            environment.put("WAYBILL_BOOTSTRAP_API_KEY", ServiceUnderTest.API_KEY);
            environment.put(asVariable("waybill.storage.probe"), "false");
            settings.forEach((name, value) -> environment.put(asVariable(name), value));
            return new ServiceProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI base() {
        return base;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void awaitDeath() {
        exitCode();
    }

    /** Waits until the process is gone, by itself. */
    public int exitCode() {
        try {
            if (!process.waitFor(START_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service still runs:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** kill -9, wherever it is just now. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** What it wrote to its console so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, as an orchestrator would; kills what does not end by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it serves requests, or is gone. */
    void awaitReady() {
        await().atMost(START_WAIT).pollInterval(Duration.ofMillis(100)).until(() -> !process.isAlive() || answers());
    }

    private boolean answers() {
        try {
            JsonNode parts =
                    WaybillClient.of(base).get("/v1/health?deep=true").json().path("data");
            return parts.path("metadata").asBoolean()
                    && parts.path("object_storage").asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx512m");
        // It starts often and lives for seconds: optimizations that only pay off later are off.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(options);
        command.add(WaybillApplication.class.getName());
        return command;
    }

    /** As Spring Boot reads {@code waybill.tasks.read-block} from the environment: WAYBILL_TASKS_READBLOCK. */
    private static String asVariable(String setting) {
        return setting.contains(".")
                ? setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)
                : setting;
    }

    private static String classPath() {
        // Surefire hides the class path in a manifest and sets it as this property.
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A port that is free just now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
