package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.MarkdownLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for all documents. Their examples are run by {@code stories.ReadmeTests} and its kin. */
class DocumentationTests {

    private static final Path ROOT = Path.of("");
    private static final Path INDEX = Path.of("docs", "README.md");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "waybill");
    private static final Pattern NAMED_TEST = Pattern.compile("`([a-z0-9/]+/[A-Z]\\w+Tests)`");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : MarkdownLinks.documents(ROOT)) {
            broken.addAll(MarkdownLinks.broken(ROOT, document));
        }

        assertThat(broken).isEmpty();
    }

    /** As {@code stories/ReadmeTests}, below the package of all. */
    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> named = new ArrayList<>();
        for (Path document : MarkdownLinks.documents(ROOT)) {
            NAMED_TEST.matcher(Files.readString(document)).results().forEach(name -> named.add(name.group(1)));
        }

        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(TESTS.resolve(name + ".java")).exists());
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readString(Path.of("README.md")).trim().split("\\s+").length)
                .as("words of README.md, commands included. Fix: move what not everybody needs to a page in docs/")
                .isLessThanOrEqualTo(1500);
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        List<String> linked = MarkdownLinks.targets(INDEX);

        assertThat(pages())
                .as("Fix: add a row to " + INDEX)
                .allSatisfy(
                        page -> assertThat(linked).contains(page.getFileName().toString()));
    }

    @Test
    void everyPageBeginsWithWhatAReaderCanDoAfterIt() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .matches("(?s)# [^\n]+\n\nAfter this page you can .*");
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = MarkdownLinks.documents(Path.of("docs")).stream()
                .filter(page -> !page.equals(INDEX))
                .toList();
        assertThat(pages).hasSizeGreaterThan(5);
        return pages;
    }
}
