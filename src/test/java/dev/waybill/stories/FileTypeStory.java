package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** Base class of tests of file types: a shop with a property of each type, and files of many kinds. */
abstract class FileTypeStory extends ObjectStory {

    Workspace shop;

    @BeforeAll
    void openAShop() {
        shop = Workspace.create(
                SERVICE.client(),
                Map.of(
                        "picture", Map.of("type", "image"),
                        "sound", Map.of("type", "audio"),
                        "words", Map.of("type", "text"),
                        "data", Map.of("type", "json"),
                        "sheet", Map.of("type", "excel"),
                        "anything", Map.of("type", "binary")));
    }

    Answer confirmed(String property, String filename, String contentType, byte[] bytes) {
        Answer upload = shop.ask(Map.of(
                "filename",
                filename,
                "content_type",
                contentType,
                "blob_property",
                property,
                "file_size_bytes",
                bytes.length));
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        Workspace.put(upload.json(), bytes);
        return shop.confirm(upload.at("/upload_id"), Map.of("file_size_bytes", bytes.length));
    }

    static Answer put(Workspace into, String filename, String contentType, byte[] bytes, String property) {
        Map<String, Object> request = new LinkedHashMap<>(Map.of("filename", filename, "content_type", contentType));
        if (!property.isEmpty()) {
            request.put("blob_property", property);
        }
        Answer upload = into.ask(request);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        Workspace.put(upload.json(), bytes);
        return upload;
    }

    static Workspace bucketOf(String types) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String type : types.split(" ")) {
            properties.put(properties.containsKey(type) ? "second_" + type : type, Map.of("type", type));
        }
        return Workspace.create(SERVICE.client(), properties);
    }

    static byte[] bytesOf(String kind) {
        return switch (kind) {
            case "webm sound" -> MadeMedia.matroska("webm", 2);
            case "mp4 sound" -> MadeMedia.mp4IndexedLast("soun");
            case "transport stream" -> MadeMedia.transportStream(188);
            case "typescript" -> Bytes.utf8("export const answer: number = 42;\n");
            case "octets" -> Bytes.hex("3082025d02010002818100b7c8f4a1d2e3908172635445ff00fe01");
            case "words" -> Bytes.utf8("some words\n");
            case "png" -> MadeFiles.PNG;
            case "elf" -> MadeFiles.elf();
            case "xlsx" -> MadeFiles.xlsx();
            case "zip" -> MadeFiles.zip("a");
            case "csv" -> Bytes.utf8("name,price\napple,12\n");
            case "html" -> Bytes.utf8("<html><body><table><tr><td>1</table>");
            case "mov sound" -> MadeMedia.mp4("qt  ", "soun");
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
