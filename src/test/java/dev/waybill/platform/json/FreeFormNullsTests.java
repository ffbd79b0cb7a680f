package dev.waybill.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class FreeFormNullsTests {

    record Response(@Nullable String left, Map<String, Object> metadata) {}

    @Test
    void aNullFieldIsLeftOutAndANullThatACallerSentIsReturned() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("none", null);
        Map<String, Object> inner = new LinkedHashMap<>(metadata);
        metadata.put("inner", inner);
        metadata.put("list", Arrays.asList(1, null, inner));

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withUserConfiguration(FreeFormNulls.class)
                .withPropertyValues("spring.jackson.default-property-inclusion=non_null")
                .run(context -> assertThat(
                                context.getBean(JsonMapper.class).writeValueAsString(new Response(null, metadata)))
                        .isEqualTo("""
                                {"metadata":{"none":null,"inner":{"none":null},"list":[1,null,{"none":null}]}}"""));
    }
}
