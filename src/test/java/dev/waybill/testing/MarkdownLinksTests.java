package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownLinksTests {

    @TempDir
    Path outside;

    private Path root;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectories(outside.resolve("repository"));
        Files.createDirectories(root.resolve("docs"));
        Files.createDirectories(root.resolve("target"));
        Files.writeString(outside.resolve("secret.md"), "# Secret\n");
        Files.writeString(root.resolve("target/made.md"), "[x](nowhere.md)\n");
        Files.writeString(root.resolve("image.png"), "");
        Files.writeString(root.resolve("docs/other page.md"), """
                # A file's `way in`, with [curl](https://curl.se)
                ## Twice
                ## Twice
                ```bash
                # a comment
                ```
                <a id="by-name"></a>
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](docs/other%20page.md)",
                "[x](docs/other%20page.md#a-files-way-in-with-curl)",
                "[`x`](docs/other%20page.md#twice)",
                "[x](docs/other%20page.md#twice-1 \"a title\")",
                "[x](docs/other%20page.md#by-name)",
                "[x](docs)",
                "![x](image.png)",
                "[x](#here)",
                "[x](https://example.com/a?b=c#d)",
                "<https://example.com>",
                "[x](mailto:a@example.com)",
                "`[x](nowhere.md)`",
                "```\n[x](nowhere.md)\n```"
            })
    void whatLeadsSomewhereIsNoProblem(String text) throws IOException {
        assertThat(MarkdownLinks.broken(root, document(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](nowhere.md)",
                "[x\ny](nowhere.md)",
                "[`x`](nowhere.md)",
                "![x](nowhere.png)",
                "[![x](image.png)](nowhere.md)",
                "a ` and another\n\n[x](nowhere.md) `",
                "[x]: nowhere.md",
                "<img src=\"nowhere.png\">",
                "[x](docs/other%20page.md#a-comment)",
                "[x](docs/other%20page.md#twice-2)",
                "[x](docs/Other%20page.md)",
                "[x](image.png#here)",
                "[x](#nowhere)",
                "[x]()",
                "[x](/docs)",
                "[x](../secret.md)",
                "[x](https://)",
                "[x](https:///path)",
                "[x](https://example.com/{id})",
                "[x](htps://example.com)"
            })
    void whatLeadsNowhereIsReportedOnce(String text) throws IOException {
        assertThat(MarkdownLinks.broken(root, document(text))).hasSize(1);
    }

    @Test
    void whatABuildMakesIsNoDocument() throws IOException {
        Path document = document("");

        assertThat(MarkdownLinks.documents(root)).containsExactly(document, root.resolve("docs/other page.md"));
    }

    private Path document(String text) throws IOException {
        return Files.writeString(root.resolve("README.md"), "# Here\n\n" + text + "\n");
    }
}
