package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.bucket;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.object;
import static dev.waybill.objects.ObjectFixtures.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.BucketsForTests;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.local.LocalMongo;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.Audience;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.platform.tenancy.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

// Its stores end with it, so its context must too.
@DirtiesContext
@SpringBootTest(
        classes = ObjectsOverHttpTests.Room.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "management.endpoint.health.validate-group-membership=false"
        })
@ActiveProfiles("buckets-for-tests")
class ObjectsOverHttpTests {

    private static final LocalMongo MONGO = LocalMongo.start(null, 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    int port;

    @Autowired
    ObjectStore store;

    @Autowired
    Consumer<Bucket> bucketMaker;

    @Autowired
    MongoOperations mongo;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", MONGO::uri);
    }

    @AfterAll
    static void stop() {
        MONGO.close();
    }

    @BeforeEach
    void fill() {
        mongo.getCollectionNames().forEach(name -> mongo.remove(new Query(), name));
        BucketSchema schema = new BucketSchema(Map.of(
                "price",
                field(FieldType.NUMBER),
                "title",
                field(FieldType.STRING),
                "hero_image",
                field(FieldType.IMAGE)));
        bucketMaker.accept(bucket(ACME, PHOTOS, schema));
        bucketMaker.accept(bucket(ACME, SONGS));
        bucketMaker.accept(bucket(OTHER, PHOTOS));
    }

    @Test
    void anObjectIsAnsweredAsTheContractSays() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("campaign", "spring");
        metadata.put("nothing", null);
        metadata.put("whole", 5);
        metadata.put("exact", 5.0);
        metadata.put("nested", Map.of("deep", Arrays.asList(1, null)));
        ObjectFixtures.insert(
                store, object(ACME, PHOTOS, "obj_1", List.of(photo("obj_1", 7), inline("words")), metadata, NOON));

        Answer answer = get("/v1/buckets/photos/objects/obj_1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(JSON.readTree("""
                {"object_id": "obj_1", "bucket_id": "bkt_photos",
                 "blobs": [
                  {"blob_id": "blob_obj_1", "property": "hero_image", "type": "image", "properties": {},
                   "details": {"filename": "obj_1.jpg", "size_bytes": 7, "mime_type": "image/jpeg"}},
                  {"blob_id": "blob_inline", "property": "product_text", "type": "text", "properties": {},
                   "details": {}, "data": "words"}],
                 "metadata": {"campaign": "spring", "nothing": null, "whole": 5, "exact": 5.0,
                   "nested": {"deep": [1, null]}},
                 "source_details": [], "status": "DRAFT",
                 "created_at": "2026-11-21T12:00:00.123Z", "updated_at": "2026-11-21T12:00:00.123Z"}"""));
    }

    @Test
    void bytesInStorageCanBeDownloadedUnderTheirNameForAnHour() {
        ObjectFixtures.insert(
                store, object(ACME, PHOTOS, "obj_1", List.of(photo("obj_1", 7), inline("words")), Map.of(), NOON));

        JsonNode blobs = get("/v1/buckets/bkt_photos/objects/obj_1?return_presigned_urls=true")
                .json()
                .path("blobs");

        assertThat(blobs.path(0).path("presigned_url").asString())
                .isEqualTo("https://storage/" + ObjectFixtures.key("obj_1") + "?PT1H&obj_1.jpg");
        assertThat(blobs.path(1).has("presigned_url")).isFalse();
        JsonNode listed = list("{\"return_presigned_urls\": true}").path("results");
        assertThat(listed.path(0).path("blobs").path(0).has("presigned_url")).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        ObjectFixtures.insert(store, object(ACME, PHOTOS, "obj_1", 1, NOON));
        ObjectFixtures.insert(store, object(OTHER, PHOTOS, "obj_2", 1, NOON));

        for (String path : List.of(
                "songs/objects/obj_1",
                "photos/objects/obj_2",
                "photos/objects/obj_3",
                "photos/objects/nonsense",
                "nowhere/objects/obj_1")) {
            Answer answer = get("/v1/buckets/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        JsonNode error = get("/v1/buckets/songs/objects/obj_1").json().path("error");
        assertThat(error.path("type").asString()).isEqualTo("NotFoundError");
        assertThat(error.path("details").path("resource").asString()).isEqualTo("object");
        assertThat(error.path("details").path("id").asString()).isEqualTo("obj_1");
    }

    @Test
    void aListNeedsNoBodyAndStartsWithTheNewest() {
        insert(25);

        for (Answer answer : List.of(post("photos", "", ""), post("photos", "", "{}"), post("photos", "", null))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(ids(answer.json()))
                    .hasSize(20)
                    .startsWith("obj_25", "obj_24")
                    .endsWith("obj_6");
            assertThat(answer.json().path("stats")).isEqualTo(JSON.readTree("""
                    {"total_objects": 25, "total_blobs": 25, "avg_blobs_per_object": 1.0,
                     "objects_by_status": {"DRAFT": 25}}"""));
            assertThat(answer.json().path("pagination").has("next_cursor")).isTrue();
        }
        assertThat(list("songs", "", "{}")).isEqualTo(JSON.readTree("""
                {"results": [], "pagination": {"page": 1, "page_size": 20},
                 "stats": {"total_objects": 0, "total_blobs": 0, "avg_blobs_per_object": 0.0,
                  "objects_by_status": {}}}"""));
    }

    @Test
    void aCursorLeadsThroughAllWhileObjectsAreAdded() {
        insert(25);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int next = 100;
        do {
            JsonNode page = list("photos", "?limit=10" + cursor, "{}");
            seen.addAll(ids(page));
            ObjectFixtures.insert(store, object(ACME, PHOTOS, "obj_" + next++, 1, NOON.plusSeconds(next)));
            assertThat(page.has("stats")).isEqualTo(cursor.isEmpty());
            cursor = page.path("pagination").has("next_cursor")
                    ? "&cursor=" + page.path("pagination").path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().allMatch(id -> id.length() < 7);
    }

    @Test
    void filtersReachMetadataBlobsAndDeclaredProperties() {
        ObjectFixtures.insert(store, object("obj_1", Map.of("campaign", "spring", "price", 5, "title", "Red Shoe")));
        ObjectFixtures.insert(store, object("obj_2", Map.of("campaign", "fall", "price", 15.5, "title", "Blue Hat")));
        ObjectFixtures.insert(
                store, object(ACME, PHOTOS, "obj_3", List.of(photo("x", 9), photo("y", 2000)), Map.of(), NOON));

        assertThat(found("{\"metadata.campaign\": \"spring\"}")).containsExactly("obj_1");
        assertThat(found("{\"AND\": [{\"field\": \"price\", \"operator\": \"gte\", \"value\": 10}]}"))
                .containsExactly("obj_2");
        assertThat(found("{\"title\": \"Red Shoe\"}")).containsExactly("obj_1");
        assertThat(found("{\"blobs.details.filename\": \"y.jpg\"}")).containsExactly("obj_3");
        assertThat(found("{\"AND\": [{\"field\": \"size_bytes\", \"operator\": \"gt\", \"value\": 100}]}"))
                .containsExactly("obj_3");
        assertThat(found("{\"blobs.property\": \"hero_image\", \"blobs.type\": \"image\"}"))
                .hasSize(3);
        assertThat(found("{\"object_id\": \"obj_2\"}")).containsExactly("obj_2");
        assertThat(found("{\"bucket_id\": \"bkt_songs\"}")).isEmpty();
        assertThat(found("{\"status\": \"DRAFT\"}")).hasSize(3);
        assertThat(found("{\"AND\": [{\"field\": \"created_at\", \"operator\": \"lt\", "
                        + "\"value\": \"2026-11-21T12:00:00Z\"}]}"))
                .isEmpty();
        JsonNode narrowed = list("{\"filters\": {\"metadata.campaign\": \"spring\"}}");
        assertThat(narrowed.path("stats").path("total_objects").asInt()).isOne();
    }

    @Test
    void sortsByDeclaredPropertiesToo() {
        ObjectFixtures.insert(store, object("obj_1", Map.of("price", 5)));
        ObjectFixtures.insert(store, object("obj_2", Map.of("price", 15.5)));
        ObjectFixtures.insert(store, object("obj_3", Map.of("price", 1)));

        assertThat(ids(list("{\"sort\": {\"field\": \"price\"}}"))).containsExactly("obj_3", "obj_1", "obj_2");
        assertThat(ids(list("{\"sort\": {\"field\": \"price\", \"direction\": \"desc\"}}")))
                .containsExactly("obj_2", "obj_1", "obj_3");
    }

    @Test
    void searchIsPartialAndWithoutCase() {
        ObjectFixtures.insert(store, object("obj_1", Map.of("title", "Red Shoe")));
        ObjectFixtures.insert(store, object("obj_2", Map.of("secret", "shoe")));
        ObjectFixtures.insert(store, object("obj_shoe", Map.of()));

        assertThat(ids(list("{\"search\": \"SHO\"}"))).containsExactlyInAnyOrder("obj_1", "obj_shoe");
        assertThat(list("{\"search\": \"SHO\"}")
                        .path("stats")
                        .path("total_objects")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void selectCutsAnswersDown() {
        ObjectFixtures.insert(store, object("obj_1", Map.of("price", 5, "campaign", "spring")));

        assertThat(list("{\"select\": [\"price\", \"created_at\"]}")
                        .path("results")
                        .path(0))
                .isEqualTo(JSON.readTree("""
                        {"object_id": "obj_1", "bucket_id": "bkt_photos", "metadata": {"price": 5},
                         "created_at": "2026-11-21T12:00:00.123Z"}"""));
    }

    @Test
    void totalsAreCountedOnRequest() {
        insert(25);

        JsonNode page = list("photos", "?limit=10&offset=10&include_total=true", "{}");

        assertThat(ids(page)).hasSize(10).startsWith("obj_15");
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(25);
        assertThat(page.path("pagination").path("page").asInt()).isEqualTo(2);
        assertThat(page.path("stats").path("total_objects").asInt()).isEqualTo(25);
    }

    @Test
    void wrongRequestsAreRefused() {
        for (String body : List.of(
                "{\"filters\": {\"nonsense\": 1}}",
                "{\"filters\": {\"AND\": [{\"field\": \"status\", \"operator\": \"like\", \"value\": 1}]}}",
                "{\"sort\": {\"field\": \"hero_image\"}}",
                "{\"search\": 5}",
                "{\"select\": \"price\"}",
                "{\"select\": [null]}",
                "{\"return_presigned_urls\": \"yes\"}")) {
            assertThat(post("photos", "", body).status()).as(body).isEqualTo(422);
        }
        assertThat(post("photos", "?limit=1001", "{}").status()).isEqualTo(422);
        assertThat(post("photos", "?cursor=nonsense", "{}").status()).isEqualTo(400);
        assertThat(get("/v1/buckets/photos/objects/obj_1?return_presigned_urls=maybe")
                        .status())
                .isEqualTo(422);
    }

    private void insert(int count) {
        for (int i = 1; i <= count; i++) {
            ObjectFixtures.insert(store, object(ACME, PHOTOS, "obj_" + i, 1, NOON.plusMillis(i)));
        }
    }

    private List<String> found(String filters) {
        return ids(list("{\"filters\": " + filters + "}"));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("results")
                .valueStream()
                .map(result -> result.path("object_id").asString())
                .toList();
    }

    private JsonNode list(String body) {
        return list("photos", "", body);
    }

    private JsonNode list(String bucket, String query, String body) {
        Answer answer = post(bucket, query, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private Answer post(String bucket, String query, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/v1/buckets/" + bucket + "/objects/list" + query));
        return send(
                body == null
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static SchemaField field(FieldType type) {
        return new SchemaField(type, null, null, null, null, null, null, null);
    }

    record Answer(int status, JsonNode json) {}

    /** The room, with the ones below it as they are and storage left out. */
    @EnableAutoConfiguration
    @ConfigurationPropertiesScan({
        "dev.waybill.objects",
        "dev.waybill.platform.fetch",
        "dev.waybill.platform.web",
        "dev.waybill.platform.mongo"
    })
    @ComponentScan({
        "dev.waybill.objects",
        "dev.waybill.platform.fetch",
        "dev.waybill.platform.web",
        "dev.waybill.platform.mongo",
        "dev.waybill.platform.ids"
    })
    @Import(BucketsForTests.class)
    static class Room {

        @Bean
        ObjectStorage storage() {
            return new RememberedDeletes();
        }

        @Bean
        UploadedFiles uploads() {
            return (scope, bucket, uploadId) -> Optional.empty();
        }

        @Bean
        ObjectProcessing processing() {
            return (scope, bucket, objects) -> {
                throw new IllegalStateException("nobody asks for this here");
            };
        }

        @Bean
        Audience audience() {
            return (organization, types) -> false;
        }

        @Bean
        ObjectTraces traces() {
            return (scope, bucket, object) -> {};
        }

        @Bean
        FaultPoints faults() {
            return step -> {};
        }

        @Bean
        UrlSigner signer() {
            return new UrlSigner() {
                @Override
                public PresignedUrl put(PutTerms terms) {
                    throw new IllegalStateException("nobody asks for this here");
                }

                @Override
                public PresignedUrl part(PartTerms terms) {
                    throw new IllegalStateException("nobody asks for this here");
                }

                @Override
                public PresignedUrl get(ObjectKey key, Duration lifetime, @Nullable String downloadName) {
                    return new PresignedUrl(
                            "https://storage/" + key + "?" + lifetime + "&" + downloadName, Map.of(), Instant.MAX);
                }
            };
        }

        @Bean
        WebMvcConfigurer acmeAsks() {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new AcmeAsks());
                }
            };
        }
    }

    static final class AcmeAsks implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Scope.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return ACME;
        }
    }
}
