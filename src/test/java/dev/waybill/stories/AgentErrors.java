package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;

/** The error envelope of the API for agents, as assertions. */
final class AgentErrors {

    private AgentErrors() {}

    /** @param parts what the message contains, among other things */
    static void assertError(Answer answer, int status, String code, String... parts) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("success", "error");
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(answer.json().path("error").propertyNames()).containsExactlyInAnyOrder("code", "message");
        assertThat(answer.at("/error/code")).as(answer.text()).isEqualTo(code);
        assertThat(answer.at("/error/message")).isNotBlank();
        for (String part : parts) {
            assertThat(answer.at("/error/message")).contains(part);
        }
    }
}
