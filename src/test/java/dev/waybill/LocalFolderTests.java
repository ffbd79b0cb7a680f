package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories of other versions, when the service is started locally. */
class LocalFolderTests {

    @TempDir
    Path parent;

    @Test
    void dataOfAnotherVersionAreMovedAside() throws IOException {
        for (String expected : new String[] {".waybill-version-1", ".waybill-version-1-2"}) {
            Path folder = Files.createDirectories(parent.resolve(".waybill"));
            Files.deleteIfExists(folder.resolve("schema-version"));
            Files.writeString(folder.resolve("mongo.mv"), "old");

            Path aside = TestWaybillApplication.moveAside(folder);

            assertThat(aside).isEqualTo(parent.resolve(expected));
            assertThat(parent.resolve(expected).resolve("mongo.mv")).hasContent("old");
            assertThat(folder.resolve("mongo.mv")).doesNotExist();
            assertThat(folder).isDirectory();
        }
    }

    @Test
    void dataOfThisVersionStay() throws IOException {
        Path folder = parent.resolve(".waybill");
        assertThat(TestWaybillApplication.moveAside(folder)).isNull();
        Files.writeString(folder.resolve("mongo.mv"), "new");

        assertThat(TestWaybillApplication.moveAside(folder)).isNull();

        assertThat(folder.resolve("mongo.mv")).hasContent("new");
    }
}
