package dev.waybill;

import dev.waybill.local.LocalServices;
import dev.waybill.local.LocalStartException;
import dev.waybill.local.Ports;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/**
 * Waybill with everything it needs, by one command: {@code ./mvnw spring-boot:test-run}. Data is kept in a folder, so a
 * second start finds it. Only this machine can reach it.
 */
public final class TestWaybillApplication {

    static final String LOCAL_API_KEY = "sk_local_waybill_development_key";

    private static final String HOST = "127.0.0.1";

    private TestWaybillApplication() {}

    public static void main(String[] args) {
        try {
            run(Map.copyOf(System.getenv()), args);
        } catch (LocalStartException e) {
            System.err.println("\nWaybill did not start.\n\n" + e.getMessage() + "\n");
            System.exit(1);
        } catch (RuntimeException e) {
            // Spring Boot has told why; its threads and those of the stores must not keep the process alive.
            System.exit(1);
        }
    }

    private static void run(Map<String, String> environment, String[] args) {
        Path folder = Path.of(setting(environment, "WAYBILL_DATA_DIR", ".waybill"))
                .toAbsolutePath()
                .normalize();
        int port = port(environment, "SERVER_PORT", 8080);
        int s3Port = port(environment, "WAYBILL_S3_PORT", 9090);
        String apiKey = setting(environment, "WAYBILL_BOOTSTRAP_API_KEY", LOCAL_API_KEY);

        LocalServices.requireUnused(folder);
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("SERVER_PORT", port);
        ports.put("WAYBILL_S3_PORT", s3Port);
        Ports.requireFree(ports);

        LocalServices services = LocalServices.keptIn(folder, s3Port);
        // Runs after the application has closed, whatever the reason.
        SpringApplication.getShutdownHandlers().add(services::close);

        Map<String, String> settings = new LinkedHashMap<>(services.environment());
        settings.put("SERVER_PORT", String.valueOf(port));
        settings.put("server.address", HOST);
        settings.put("WAYBILL_BOOTSTRAP_API_KEY", apiKey);
        SpringApplication application = new SpringApplication(WaybillApplication.class);
        application.addInitializers(context -> context.addApplicationListener(new Welcome(
                "http://%s:%d".formatted(HOST, port), apiKey, services.s3().endpoint(), folder)));
        application.run(arguments(settings, args));
    }

    private static String[] arguments(Map<String, String> settings, String[] args) {
        String[] all = new String[settings.size() + args.length];
        int i = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            all[i++] = "--%s=%s".formatted(setting.getKey(), setting.getValue());
        }
        System.arraycopy(args, 0, all, i, args.length);
        return all;
    }

    private static int port(Map<String, String> environment, String variable, int otherwise) {
        String text = setting(environment, variable, String.valueOf(otherwise));
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new LocalStartException(
                "%s is no port. It should be a number from 1 to 65535, such as %d.".formatted(variable, otherwise));
    }

    private static String setting(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
