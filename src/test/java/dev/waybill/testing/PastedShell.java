package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the bash examples of documents in one shell, and compares what they print with what the documents show. */
public final class PastedShell {

    private static final Pattern STEP =
            Pattern.compile("```bash\n(.*?)```(?:\n\n```(?:json|text)\n(.*?)```)?", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("<end of step: (\\d+)>\n");

    /**
     * One bash example.
     *
     * @param document where it stands
     * @param commands its lines
     * @param shown the answers that the document shows directly below it, one a line; empty where it shows none
     */
    public record Step(Path document, String commands, List<String> shown) {

        /** @param output what the commands printed */
        public void assertShows(String output) {
            assertThat(shown).as("%s shows answers to:\n%s", document, commands).isNotEmpty();
            List<String> lines = output.lines().toList();
            assertThat(lines)
                    .as("%s shows as many answers as come of:\n%s", document, commands)
                    .hasSameSizeAs(shown);
            for (int i = 0; i < shown.size(); i++) {
                ShownAnswer.assertShows(shown.get(i), lines.get(i));
            }
        }
    }

    private PastedShell() {}

    /** All bash examples of a document, in their order. */
    public static List<Step> steps(Path document) throws IOException {
        return STEP.matcher(Files.readString(document))
                .results()
                .map((MatchResult step) -> new Step(
                        document,
                        step.group(1),
                        step.group(2) == null
                                ? List.of()
                                : step.group(2).lines().toList()))
                .toList();
    }

    /**
     * Runs them in a folder of its own, and expects the last command of each to succeed, and all that they print to end
     * with a newline.
     *
     * @param exports what is exported by the examples and has another value here
     * @return what each step printed, as many as there are steps
     */
    public static List<String> run(Path folder, List<Step> steps, Map<String, String> exports)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        steps.forEach(step -> script.append(step.commands()).append("echo \"<end of step: $?>\"\n"));
        String output = run(folder, with(exports, script.toString()));

        List<String> printed = new ArrayList<>();
        Matcher end = END.matcher(output);
        int start = 0;
        while (end.find()) {
            String commands = steps.get(printed.size()).commands();
            String answers = output.substring(start, end.start());
            assertThat(end.group(1)).as(commands + answers).isEqualTo("0");
            assertThat(answers).as("what is printed by:\n" + commands).matches("(?s)|.*\n");
            printed.add(answers);
            start = end.end();
        }
        assertThat(printed).as(output).hasSameSizeAs(steps);
        return printed;
    }

    private static String with(Map<String, String> exports, String script) {
        String changed = script;
        for (var export : exports.entrySet()) {
            changed = changed.replaceAll(
                    "(?m)^export " + export.getKey() + "=\\S+",
                    Matcher.quoteReplacement("export " + export.getKey() + "=" + export.getValue()));
        }
        return changed;
    }

    /**
     * Runs a script in a folder of its own, and expects its last command to succeed.
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
