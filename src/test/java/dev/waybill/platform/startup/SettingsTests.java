package dev.waybill.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;

class SettingsTests {

    private static final Map<String, String> GOOD = Map.of(
            "MONGODB_URI", "mongodb://user:p%40ss@db1,db2:27017/waybill?replicaSet=rs0",
            "REDIS_URL", "rediss://:secret@cache:6380/1",
            "S3_BUCKET", "my-bucket.1",
            "S3_ACCESS_KEY_ID", "AKIA123",
            "S3_SECRET_ACCESS_KEY", "secret");

    @Test
    void theRequiredOnesAreEnough() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @Test
    void theLocalKeyIsAGoodKey() {
        assertThat(problems(with("WAYBILL_BOOTSTRAP_API_KEY", "sk_local_waybill_development_key")))
                .isEmpty();
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        assertThat(problems(Map.of()))
                .hasSize(5)
                .allMatch(problem -> problem.contains(" is missing. Set it to "))
                .anyMatch(problem -> problem.startsWith("MONGODB_URI "))
                .anyMatch(problem -> problem.startsWith("REDIS_URL "))
                .anyMatch(problem -> problem.startsWith("S3_BUCKET "))
                .anyMatch(problem -> problem.startsWith("S3_ACCESS_KEY_ID "))
                .anyMatch(problem -> problem.startsWith("S3_SECRET_ACCESS_KEY "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONGODB_URI", "REDIS_URL", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"})
    void blankIsMissing(String variable) {
        assertThat(problems(with(variable, "  ")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(variable + " is missing."));
    }

    @ParameterizedTest
    @CsvSource({
        "MONGODB_URI, postgres://user:hunter2@db/waybill",
        "MONGODB_URI, mongodb://user:hunter2@db:27017",
        "MONGODB_URI, mongodb://user:hunter2@x@db/waybill",
        "REDIS_URL, http://:hunter2@cache:6379",
        "REDIS_URL, cache:6379",
        "REDIS_URL, redis://",
        "S3_BUCKET, Bucket_hunter2",
        "S3_REGION, us east 1",
        "S3_ENDPOINT, hunter2:9000",
        "S3_ENDPOINT, s3://hunter2",
        "S3_PUBLIC_ENDPOINT, ftp://hunter2",
        "WAYBILL_BOOTSTRAP_API_KEY, sk_hunter2",
        "WAYBILL_ENCRYPTION_KEY, hunter2",
        "WAYBILL_PREVIOUS_ENCRYPTION_KEY, aHVudGVyMg==",
        "WAYBILL_BOOTSTRAP_API_KEY, hunter2_0123456789abcdef0123456789",
        "SERVER_PORT, hunter2",
        "SERVER_PORT, 70000",
        "LOG_FORMAT, xml"
    })
    void whatIsWrongIsNamedButNeverRepeated(String variable, String value) {
        assertThat(problems(with(variable, value)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(variable + " ")
                        .contains("It should be ")
                        .doesNotContain("hunter2"));
    }

    @Test
    void theUploadCredentialIsWholeOrNone() {
        Map<String, String> settings = with("S3_UPLOAD_ACCESS_KEY_ID", "hunter2");
        assertThat(problems(settings))
                .containsExactly("S3_UPLOAD_SECRET_ACCESS_KEY is missing, and S3_UPLOAD_ACCESS_KEY_ID is set."
                        + " Set both, or neither.");
        assertThat(problems(with("S3_UPLOAD_SECRET_ACCESS_KEY", "hunter2")))
                .containsExactly("S3_UPLOAD_ACCESS_KEY_ID is missing, and S3_UPLOAD_SECRET_ACCESS_KEY is set."
                        + " Set both, or neither.");
        settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", "hunter2");
        assertThat(problems(settings)).isEmpty();
        settings.put("S3_UPLOAD_ACCESS_KEY_ID", "");
        settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", " ");
        assertThat(problems(settings)).isEmpty();
    }

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(variable, value);
        return settings;
    }

    /** Through application.yaml, which says how the variables are called. */
    private static List<String> problems(Map<String, String> environment) {
        List<List<String>> found = new ArrayList<>();
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues(environment.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new))
                .run(context -> found.add(Settings.problemsOf(context.getBean(Environment.class))));
        return found.getFirst();
    }
}
