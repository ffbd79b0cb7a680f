package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the bash examples of a document. */
public final class PastedShell {

    private static final Pattern STEP = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    private PastedShell() {}

    /** All bash examples of a document, in their order. */
    public static String steps(Path document) throws IOException {
        return STEP.matcher(Files.readString(document))
                .results()
                .map((MatchResult step) -> step.group(1))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Runs it in a folder of its own, and expects its last command to succeed.
     *
     * @return its output
     */
    public static String run(Path folder, String script) throws IOException, InterruptedException {
        Path here = Files.createDirectories(folder.resolve("shell"));
        Path output = folder.resolve("output.txt");
        Process bash = new ProcessBuilder("bash")
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var in = bash.getOutputStream()) {
            in.write(script.getBytes(UTF_8));
        }
        assertThat(bash.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
