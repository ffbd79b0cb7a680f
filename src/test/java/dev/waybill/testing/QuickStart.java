package dev.waybill.testing;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Halves the time that a process takes to start, which crash tests do often: classes come parsed and linked out of an
 * archive of the JVM (AppCDS). That takes jars instead of folders, and one start and stop to see what is loaded; all of
 * it is cached until a class changes.
 */
final class QuickStart {

    private static final Path FOLDER = Path.of("target", "quick-start").toAbsolutePath();
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    private static final Path FINGERPRINT = FOLDER.resolve("fingerprint");

    private static List<String> options = List.of();

    private QuickStart() {}

    /** The JVM's options, the class path among them. */
    static synchronized List<String> options(String classPath) {
        if (options.isEmpty()) {
            try {
                Files.createDirectories(FOLDER);
                // Another JVM may run tests of the same build.
                try (FileChannel lock = FileChannel.open(
                                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = lock.lock()) {
                    options = prepare(classPath);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return options;
    }

    private static List<String> prepare(String classPath) throws IOException {
        List<String> entries = List.of(classPath.split(File.pathSeparator));
        String fingerprint = fingerprint(entries);
        List<String> jars = new ArrayList<>();
        boolean known =
                Files.exists(FINGERPRINT) && Files.readString(FINGERPRINT).equals(fingerprint);
        if (!known) {
            Files.deleteIfExists(FINGERPRINT);
            Files.deleteIfExists(ARCHIVE);
        }
        for (String entry : entries) {
            if (Files.isDirectory(Path.of(entry))) {
                Path jar = FOLDER.resolve(jars.size() + ".jar");
                if (!known) {
                    pack(entry, jar);
                }
                jars.add(jar.toString());
            } else {
                jars.add(entry);
            }
        }
        String packed = String.join(File.pathSeparator, jars);
        if (!known) {
            train(List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE, "-cp", packed));
            Files.writeString(FINGERPRINT, fingerprint);
        }
        return Files.exists(ARCHIVE)
                ? List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-cp", packed)
                : List.of("-cp", packed);
    }

    private static void pack(String folder, Path jar) {
        PrintWriter out = new PrintWriter(System.err, true);
        int result = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new IllegalStateException("tests need a JDK, not only a JRE"))
                .run(out, out, "--create", "--no-compress", "--file", jar.toString(), "-C", folder, ".");
        if (result != 0) {
            throw new IllegalStateException("%s could not be packed".formatted(folder));
        }
    }

    /** Loads the classes that most processes need before they are killed. */
    private static void train(List<String> archiving) {
        Map<String, String> stores = Stores.create().environment();
        try (ServiceProcess process = ServiceProcess.launch(archiving, stores, Map.of())) {
            process.awaitReady();
            Workspace shop = Workspace.create(process.client());
            shop.confirm(shop.putJpeg());
        }
    }

    private static String fingerprint(List<String> entries) {
        return System.getProperty("java.vm.version")
                + entries.stream().map(QuickStart::fingerprint).collect(Collectors.joining("\n"));
    }

    private static String fingerprint(String entry) {
        if (!Files.isDirectory(Path.of(entry))) {
            return entry;
        }
        try (Stream<Path> files = Files.walk(Path.of(entry))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "%s %d %d"
                            .formatted(
                                    file, file.toFile().length(), file.toFile().lastModified()))
                    .sorted()
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
