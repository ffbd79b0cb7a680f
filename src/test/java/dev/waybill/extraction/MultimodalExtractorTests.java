package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.extraction.sandbox.Extraction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultimodalExtractorTests extends ExtractorContract {

    private final Extraction extraction = Extraction.standard();

    @Override
    Extractor extractor() {
        return extraction.multimodal;
    }

    @Override
    List<Sample> samples() throws Exception {
        return List.of(
                RealFiles.photo(64, 48),
                RealFiles.pdf("one"),
                RealFiles.docx("one"),
                Sample.text("one"),
                RealFiles.mp3(10),
                RealFiles.mp4(1));
    }

    @Test
    void extractsTheFeaturesOfAnImage() throws Exception {
        CollectingSink sink = RealFiles.photo(64, 48).through(extractor());

        assertThat(sink.only())
                .containsEntry("media_type", "image/jpeg")
                .containsEntry("camera_make", "Acme")
                .containsEntry("width", 48)
                .containsEntry("height", 64)
                .containsKeys("perceptual_hash", "dominant_colors", "thumbnail_key");
        assertThat(sink.stored).hasSize(1);
    }

    @Test
    void readsATextAndPutsTheMetadataOnEachChunk() throws Exception {
        List<Map<String, Object>> documents = RealFiles.docx(
                        "One sentence about freight rates is here. Another one about the ferry is there.")
                .through(extractor(), Map.of("chunk_size", 50, "chunk_overlap", 0))
                .documents;

        assertThat(documents)
                .hasSize(2)
                .allSatisfy(document -> assertThat(document)
                        .containsEntry("title", "Freight terms")
                        .containsEntry("media_type", RealFiles.DOCX)
                        .containsKeys("text", "chunk_index"));
        assertThat(Sample.text("Wireless headphones").through(extractor()).only())
                .containsEntry("text", "Wireless headphones")
                .containsEntry("words", 2);
    }

    @Test
    void describesEverythingElse() throws Exception {
        assertThat(RealFiles.mp4(5).through(extractor()).only())
                .containsEntry("duration_seconds", 5.0)
                .doesNotContainKey("text");
        assertThat(RealFiles.pdf().through(extractor()).only())
                .containsEntry("title", "On waybills")
                .doesNotContainKey("text");
    }
}
