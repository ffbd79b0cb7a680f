package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How existing clients submit files, name them and request their URLs. */
class FileHabitsStoryTests extends HabitsStory {

    @Test
    void aSingleBlobIsTaken() {
        Workspace shop = shop();
        String url = serve("/single.jpg", SampleFiles.jpeg());

        Answer whole = create(shop, Map.of("blob", blob("hero_image", "image", "data", url)));
        assertThat(whole.at("/blobs/0/details/filename")).as(whole.text()).isEqualTo("single.jpg");
        Answer bare = create(shop, Map.of("blob", Map.of("property", "hero_image", "url", url)));
        assertThat(bare.at("/blobs/0/type")).as(bare.text()).isEqualTo("image");
        assertThat(create(shop, Map.of("blob", Map.of("type", "image", "url", url)))
                        .status())
                .isEqualTo(200);
        Answer both = create(
                shop,
                Map.of(
                        "blob",
                        blob("hero_image", "image", "url", url),
                        "blobs",
                        List.of(blob("words", "text", "content", "x"))));
        assertThat(both.status()).isEqualTo(422);
    }

    @Test
    void urlsStandInPropertiesToo() throws Exception {
        Workspace shop = shop();
        byte[] photo = SampleFiles.jpeg();
        String url = serve("/kept.jpg", photo);
        String stored =
                create(shop, Map.of("blobs", List.of(link("hero_image", url)))).at("/object_id");

        for (String query : List.of("?return_presigned_urls=true", "?return_url=true")) {
            Answer answer = shop.client().get(shop.path("/objects/" + stored) + query);
            String signed = answer.at("/blobs/0/properties/presigned_url");
            assertThat(signed).startsWith("http").isEqualTo(answer.at("/blobs/0/presigned_url"));
            assertThat(Workspace.get(signed).body()).isEqualTo(photo);
        }
        assertThat(shop.object(stored).json().at("/blobs/0/properties")).isEmpty();

        Answer reference =
                create(shop, Map.of("canonicalize_source", false, "blobs", List.of(link("hero_image", url))));
        assertThat(reference.at("/blobs/0/properties/url")).isEqualTo(url);
        assertThat(reference.at("/blobs/0/url")).isEqualTo(url);
    }

    @Test
    void aFileMayStandInJson() {
        Workspace shop = shop();
        String base64 = Base64.getEncoder().encodeToString(SampleFiles.jpeg());

        Answer made = create(
                shop,
                Map.of(
                        "blobs",
                        List.of(blob(
                                "hero_image",
                                "image",
                                "data",
                                Map.of("base64", base64, "mime_type", "image/jpeg", "filename", "b.jpg")))));
        assertThat(made.at("/blobs/0/details/filename")).as(made.text()).isEqualTo("b.jpg");
        assertThat(made.at("/blobs/0/details/mime_type")).isEqualTo("image/jpeg");
        for (Map<String, ?> wrong : List.of(
                Map.of("base64", "%%%"),
                Map.of("base64", 7),
                Map.of("mime_type", "image/png"),
                Map.of("base64", base64, "filename", "a/b.jpg"))) {
            assertThat(create(shop, Map.of("blobs", List.of(blob("hero_image", "image", "data", wrong))))
                            .status())
                    .as(wrong.toString())
                    .isBetween(400, 422);
        }
    }

    @Test
    void urlsAreWrittenAsPeopleReadThem() {
        Workspace shop = shop();
        serve("/写真_é.jpg", SampleFiles.jpeg());

        Answer made = create(shop, Map.of("blobs", List.of(link("hero_image", base() + "/写真_é.jpg"))));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/blobs/0/details/filename")).isEqualTo("写真_é.jpg");
        assertThat(fetched).containsKey("/写真_é.jpg");
    }

    @ParameterizedTest
    @ValueSource(ints = {218, 219, 240, 251})
    void longNamesCanBeStored(int length) {
        Workspace shop = shop();
        String name = "n".repeat(length) + ".jpg";

        Answer upload = shop.ask(Map.of("filename", name, "content_type", "image/jpeg"));
        assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                .isEqualTo(200);
        Answer confirmed = shop.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(shop.upload(upload.at("/upload_id")).at("/filename")).isEqualTo(name);
    }

    @Test
    void requiredHeadersAreWhatBrowsersMaySet() {
        Workspace shop = shop();

        Answer upload = shop.ask(Map.of("filename", "a.jpg", "content_type", "image/jpeg", "file_size_bytes", 9));

        assertThat(upload.json().at("/required_headers").propertyNames()).containsExactly("Content-Type");
        assertThat(upload.json().at("/signed_content_length").asInt()).isEqualTo(9);
    }
}
