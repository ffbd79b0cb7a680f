package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.MarkdownLinks;
import dev.waybill.testing.PastedShell;
import dev.waybill.testing.PastedShell.Step;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the stories of README.md and of the pages, word for word but for where the service is and its key. */
class ReadmeTests {

    private static final Path README = Path.of("README.md");
    private static final String CONTINUES = "It continues the [README's story]";
    private static final List<Path> RUN_BY_OTHERS = List.of(Path.of("docs", "syncs.md")); // SyncStoryTests
    private static final Pattern LOOP = Pattern.compile("(?ms)^tries=0\nuntil .*?^done$");
    private static final Pattern ANY_LOOP = Pattern.compile("(?m)(?:^|[;&|] *)(?:until|while|for) ");

    @TempDir
    Path folder;

    /** Nothing is cleared away in between: a reader may paste the README again, or begin a page with what is there. */
    @Test
    void theStoriesWorkWhenPastedOneAfterTheOther() throws Exception {
        List<Step> readme = PastedShell.steps(README);
        List<Step> pages = new ArrayList<>();
        for (Path page : continuing()) {
            pages.addAll(PastedShell.steps(page));
        }
        List<Step> all = new ArrayList<>(readme);
        all.addAll(readme);
        all.addAll(pages);

        List<String> printed;
        try (ServiceUnderTest service = ServiceUnderTest.start(Stores.create())) {
            printed = PastedShell.run(
                    folder, all, Map.of("WAYBILL", service.base().toString(), "KEY", ServiceUnderTest.API_KEY));
        }

        for (int i = 0; i < all.size(); i++) {
            Step step = all.get(i);
            boolean again = i >= readme.size() && i < 2 * readme.size();
            if (again && step.commands().contains("\"namespace_name\"")) {
                assertThat(printed.get(i).lines())
                        .as(printed.get(i))
                        .hasSize(2)
                        .allMatch(answer -> answer.contains("already_exists"));
            } else if (printed.get(i).isEmpty()) {
                assertThat(step.shown()).as(step.commands()).isEmpty();
            } else {
                step.assertShows(printed.get(i));
            }
        }
        assertThat(String.join("", printed))
                .contains("\"width\":")
                .contains("\"text\":\"Wireless headphones\"")
                .contains("Submission confirmed successfully");
    }

    @Test
    void everyBashExampleIsRun() throws IOException {
        Set<Path> run = new HashSet<>(continuing());
        run.add(README);
        run.addAll(RUN_BY_OTHERS);

        for (Path document : MarkdownLinks.documents(Path.of(""))) {
            if (!PastedShell.steps(document).isEmpty()) {
                assertThat(run)
                        .as("Fix: have it say \"%s\", or mark what is not to be run as shell", CONTINUES)
                        .contains(document);
            }
        }
    }

    @Test
    void aLoopThatWaitsForNothingEndsWithAMessage() throws Exception {
        String nothingComes = "curl() { false; }; api() { false; }; sleep() { :; }\n";
        List<String> loops = new ArrayList<>();
        for (Path document : MarkdownLinks.documents(Path.of(""))) {
            String commands = String.join(
                    "\n",
                    PastedShell.steps(document).stream().map(Step::commands).toList());
            List<String> bounded =
                    LOOP.matcher(commands).results().map(MatchResult::group).toList();
            assertThat(bounded)
                    .as("loops of %s that count their tries", document)
                    .hasSize((int) ANY_LOOP.matcher(commands).results().count());
            loops.addAll(bounded);
        }

        assertThat(loops).isNotEmpty();
        for (String loop : loops) {
            assertThat(PastedShell.run(folder, nothingComes + loop + "\necho ended\n"))
                    .contains("not done after two minutes")
                    .endsWith("ended\n");
        }
    }

    private static List<Path> continuing() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path document : MarkdownLinks.documents(Path.of("docs"))) {
            if (Files.readString(document).contains(CONTINUES)) {
                pages.add(document);
            }
        }
        assertThat(pages).hasSizeGreaterThanOrEqualTo(3);
        return pages;
    }
}
