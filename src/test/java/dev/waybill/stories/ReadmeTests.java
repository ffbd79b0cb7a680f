package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the curl story of README.md, word for word but for where the service is and its key. */
class ReadmeTests {

    private static final Pattern STEP = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theCurlStoryWorksWhenPasted() throws Exception {
        try (ServiceUnderTest service = ServiceUnderTest.start(Stores.create())) {
            String told = story().replaceFirst("WAYBILL=\\S+", "WAYBILL=" + service.base())
                    .replaceFirst("KEY=\\S+", "KEY=" + ServiceUnderTest.API_KEY);

            String said = run(told);

            assertThat(said)
                    .contains("\"status\":\"COMPLETED\"")
                    .contains("the same bytes")
                    .contains("\"width\":")
                    .contains("\"text\":\"Wireless headphones\"")
                    .contains("Submission confirmed successfully");
        }
    }

    private static String story() throws IOException {
        return STEP.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult step) -> step.group(1))
                .collect(Collectors.joining("\n"));
    }

    private String run(String script) throws Exception {
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
