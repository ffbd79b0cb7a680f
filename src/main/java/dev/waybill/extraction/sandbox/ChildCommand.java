package dev.waybill.extraction.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** Command line of a child process: the same Java, the same classes, nothing of the service's settings. */
final class ChildCommand {

    /**
     * Exit code of a JVM that runs out of heap, under {@code -XX:+ExitOnOutOfMemoryError}.
     *
     * @see <a href="https://github.com/openjdk/jdk/blob/master/src/hotspot/share/utilities/debug.cpp">report_java_out_of_memory</a>
     */
    static final int OUT_OF_MEMORY = 3;

    private static final List<String> PASSED_ON = List.of("LANG", "LC_ALL", "LC_CTYPE");
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private ChildCommand() {}

    /**
     * The command of a child that is about to be started.
     *
     * @param directory its own, for temporary files of parsers and the JVM
     */
    static ProcessBuilder of(DataSize memory, Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx%dk".formatted(memory.toKilobytes()), "-XX:+ExitOnOutOfMemoryError"));
        // It should start fast, and be small.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData"));
        // Its standard output belongs to the frames: messages of the JVM itself go elsewhere.
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"));
        command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("crash.log")));
        command.addAll(List.of("-Djava.awt.headless=true", "-Djava.io.tmpdir=" + directory));
        command.add("-Duser.timezone=" + TimeZone.getDefault().getID());
        // Nobody reads what parsers log about files, and a million lines of it take their time.
        command.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        command.addAll(main());
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // Credentials are none of its business. Of the rest, it needs the encoding of file names.
        environment.keySet().retainAll(PASSED_ON);
        return builder;
    }

    /**
     * Within a packed jar, classes are found by Spring Boot's loader only, and started by a launcher that is configured
     * with the main class.
     *
     * @see <a href="https://docs.spring.io/spring-boot/specification/executable-jar/property-launcher.html">PropertiesLauncher</a>
     */
    private static List<String> main() {
        String main = ChildMain.class.getName();
        boolean packed = ChildMain.class.getClassLoader() != ClassLoader.getSystemClassLoader();
        return packed ? List.of("-Dloader.main=" + main, LAUNCHER) : List.of(main);
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
