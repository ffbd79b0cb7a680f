package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the JavaScript of docs/submissions.md, word for word, with a real PNG. Needs {@code node}, 18 or newer. */
class JavaScriptStoryTests {

    private static final Pattern SCRIPT = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsNode() throws InterruptedException {
        assumeTrue(hasNode(), "node is not on the PATH: the JavaScript of docs/submissions.md is not run");
    }

    @Test
    void theScriptOfThePageSubmitsAPicture() throws Exception {
        ServiceUnderTest service = ServiceUnderTest.shared();
        Studio studio = Studio.open(service.client(), service.anonymous());
        byte[] png = SampleFiles.png();
        Files.write(folder.resolve("lighthouse.png"), png);
        Matcher script = SCRIPT.matcher(Files.readString(Path.of("docs", "submissions.md")));
        assertThat(script.find()).isTrue();
        Files.writeString(folder.resolve("submit.mjs"), script.group(1));

        String said = run(service, studio);

        assertThat(said).contains("Submission confirmed successfully").contains("status: 'submitted'");
        Answer submissions = studio.agent().get(studio.path(""));
        String id = submissions.at("/data/submissions/0/submissionId");
        assertThat(said).contains(id);
        Answer seen = studio.asSeenByTheOrganization(id);
        assertThat(Workspace.get(seen.at("/download_url")).body()).isEqualTo(png);
    }

    private String run(ServiceUnderTest service, Studio studio) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("node", "submit.mjs")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WAYBILL", service.base().toString());
        builder.environment().put("AGENT_KEY", studio.key());
        Process node = builder.start();
        boolean ended = node.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            node.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(node.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
