package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.MarkdownLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for all documents. */
class DocumentationTests {

    private static final Path ROOT = Path.of("");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : MarkdownLinks.documents(ROOT)) {
            broken.addAll(MarkdownLinks.broken(ROOT, document));
        }

        assertThat(broken).isEmpty();
    }
}
