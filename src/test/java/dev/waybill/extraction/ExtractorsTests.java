package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waybill.extraction.sandbox.Extraction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractorsTests {

    private final Extraction extraction = Extraction.standard();

    @Test
    void areFoundByNameAndVersion() {
        Extractors extractors = new Extractors(extraction.all());

        assertThat(extractors.find("text_extractor", "v1")).contains(extraction.text);
        assertThat(extractors.find("text_extractor", "v2")).isEmpty();
        assertThat(extractors.find("text", "extractor_v1")).isEmpty();
        assertThat(extractors.known())
                .containsExactly(
                        "image_extractor_v1", "metadata_extractor_v1", "multimodal_extractor_v1", "text_extractor_v1");
    }

    @Test
    void twoOfTheSameNameDoNotStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Extractors(List.of(extraction.text, extraction.text)))
                .withMessageContaining("text_extractor_v1");
    }
}
