package dev.waybill;

import dev.waybill.local.LocalServices;
import dev.waybill.local.LocalStartException;
import dev.waybill.local.Ports;
import dev.waybill.platform.mongo.SchemaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/**
 * Waybill with everything it needs, by one command: {@code ./mvnw spring-boot:test-run}. Data is stored in a folder, so
 * a second start finds it. Only this machine can reach it.
 */
public final class TestWaybillApplication {

    static final String LOCAL_API_KEY = "sk_local_waybill_development_key";

    private static final String HOST = "127.0.0.1";
    private static final String VERSION_FILE = "schema-version";
    private static final String CURRENT = String.valueOf(SchemaVersion.CURRENT);

    private TestWaybillApplication() {}

    public static void main(String[] args) {
        try {
            run(Map.copyOf(System.getenv()), args);
        } catch (LocalStartException e) {
            System.err.println("\nWaybill did not start.\n\n" + e.getMessage() + "\n");
            System.exit(1);
        } catch (RuntimeException e) {
            // Spring Boot has logged why; its threads and those of the stores must not keep the process alive.
            System.exit(1);
        }
    }

    private static void run(Map<String, String> environment, String[] args) {
        Path folder = Path.of(setting(environment, "WAYBILL_DATA_DIR", ".waybill"))
                .toAbsolutePath()
                .normalize();
        int port = port(environment, "SERVER_PORT", 8080);
        int managementPort = port(environment, "MANAGEMENT_SERVER_PORT", 0);
        int s3Port = port(environment, "WAYBILL_S3_PORT", 9090);
        String apiKey = setting(environment, "WAYBILL_BOOTSTRAP_API_KEY", LOCAL_API_KEY);

        LocalServices.requireUnused(folder);
        Path older = moveAside(folder);
        if (older != null) {
            System.err.println(
                    "\nThe data in " + folder + " are of another version of Waybill, and nothing is carried over."
                            + "\nThey lie in " + older + " now; a new folder is begun.\n");
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("SERVER_PORT", port);
        ports.put("MANAGEMENT_SERVER_PORT", managementPort);
        ports.put("WAYBILL_S3_PORT", s3Port);
        Ports.requireFree(ports);

        LocalServices services = LocalServices.keptIn(folder, s3Port);
        // Runs after the application has closed, whatever the reason.
        SpringApplication.getShutdownHandlers().add(services::close);

        Map<String, String> settings = new LinkedHashMap<>(services.environment());
        settings.put("SERVER_PORT", String.valueOf(port));
        settings.put("server.address", HOST);
        settings.put("management.server.port", String.valueOf(managementPort));
        settings.put("management.server.address", HOST);
        settings.put("waybill.development", "true");
        settings.put("WAYBILL_BOOTSTRAP_API_KEY", apiKey);
        SpringApplication application = new SpringApplication(WaybillApplication.class);
        application.addInitializers(context -> context.addApplicationListener(new Welcome(
                "http://%s:%d".formatted(HOST, port), apiKey, services.s3().endpoint(), folder)));
        application.run(arguments(settings, args));
    }

    /**
     * Moves data aside that this version cannot read, and writes the version of the new data into the folder.
     *
     * @return where they lie now; null when there was nothing to move
     */
    static @Nullable Path moveAside(Path folder) {
        try {
            Path versionFile = folder.resolve(VERSION_FILE);
            String version =
                    Files.exists(versionFile) ? Files.readString(versionFile).strip() : "1";
            Path aside = null;
            if (!version.equals(CURRENT) && Files.isDirectory(folder) && !isEmpty(folder)) {
                int number = 1;
                do {
                    aside = folder.resolveSibling("%s-version-%s%s"
                            .formatted(folder.getFileName(), version, number == 1 ? "" : "-" + number));
                    number++;
                } while (Files.exists(aside));
                Files.move(folder, aside);
            }
            Files.createDirectories(folder);
            Files.writeString(versionFile, CURRENT);
            return aside;
        } catch (IOException e) {
            throw new LocalStartException(
                    "The folder %s cannot be written: %s\nChoose another one: WAYBILL_DATA_DIR=<folder>"
                            .formatted(folder, e.getMessage()));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
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

    /** @param otherwise 0 for any free one */
    private static int port(Map<String, String> environment, String variable, int otherwise) {
        String text = setting(environment, variable, String.valueOf(otherwise));
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535 || port == otherwise) {
                return port;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new LocalStartException("%s is no port. It should be a number from 1 to 65535, such as %d."
                .formatted(variable, otherwise == 0 ? 8081 : otherwise));
    }

    private static String setting(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
