package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.PastedShell;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the curl story of README.md, word for word but for where the service is and its key. */
class ReadmeTests {

    @TempDir
    Path folder;

    @Test
    void theCurlStoryWorksWhenPasted() throws Exception {
        try (ServiceUnderTest service = ServiceUnderTest.start(Stores.create())) {
            String script = PastedShell.steps(Path.of("README.md"))
                    .replaceFirst("WAYBILL=\\S+", "WAYBILL=" + service.base())
                    .replaceFirst("KEY=\\S+", "KEY=" + ServiceUnderTest.API_KEY);

            String output = PastedShell.run(folder, script);

            assertThat(output)
                    .contains("\"status\":\"COMPLETED\"")
                    .contains("the same bytes")
                    .contains("\"width\":")
                    .contains("\"text\":\"Wireless headphones\"")
                    .contains("Submission confirmed successfully");
        }
    }
}
