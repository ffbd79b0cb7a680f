package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A project for pictures with an agent, and that agent's requests. */
public final class Studio {

    private final WaybillClient admin;
    private final WaybillClient agent;
    private final String agentId;
    private final String key;
    private final String project;

    private Studio(WaybillClient admin, WaybillClient agent, String agentId, String key, String project) {
        this.admin = admin;
        this.agent = agent;
        this.agentId = agentId;
        this.key = key;
        this.project = project;
    }

    /**
     * @param admin with the key of an organization's admin
     * @param anonymous the same service, without a key
     */
    public static Studio open(WaybillClient admin, WaybillClient anonymous) {
        Answer project = admin.post(
                "/v1/organizations/projects",
                "{\"name\": \"Spring\", \"prompt\": \"A lighthouse\", \"accepted_types\": [\"image/*\"]}");
        assertThat(project.status()).as(project.text()).isEqualTo(200);
        return in(admin, anonymous, project.at("/project_id"));
    }

    /** Another agent in the same project. */
    public Studio colleague(WaybillClient anonymous) {
        return in(admin, anonymous, project);
    }

    /** The same agent in another project. */
    public Studio elsewhere(String otherProject) {
        return new Studio(admin, agent, agentId, key, otherProject);
    }

    /** The same, through another instance. */
    public Studio through(URI base, String adminKey) {
        WaybillClient anonymous = WaybillClient.of(base);
        return new Studio(anonymous.withKey(adminKey), anonymous.withKey(key), agentId, key, project);
    }

    private static Studio in(WaybillClient admin, WaybillClient anonymous, String project) {
        Answer agent = admin.post("/v1/organizations/agents", Map.of("name", "painter"));
        assertThat(agent.status()).as(agent.text()).isEqualTo(200);
        String key = agent.at("/key");
        return new Studio(admin, anonymous.withKey(key), agent.at("/agent_id"), key, project);
    }

    public WaybillClient admin() {
        return admin;
    }

    public WaybillClient agent() {
        return agent;
    }

    public String agentId() {
        return agentId;
    }

    public String key() {
        return key;
    }

    public String project() {
        return project;
    }

    public String path(String below) {
        return "/api/agents/projects/" + project + "/submissions" + below;
    }

    /** Creates a submission; its id. */
    public String begin() {
        Answer begun = agent.post(path(""));
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        assertThat(begun.at("/data/status")).isEqualTo("pending");
        return begun.at("/data/submissionId");
    }

    public Answer announce(String submission, String fileName, String fileType, long fileSize) {
        return agent.post(
                path("/" + submission), Map.of("fileName", fileName, "fileType", fileType, "fileSize", fileSize));
    }

    /** Announces a PNG, and expects a presigned URL. */
    public Answer announcePng(String submission, byte[] png) {
        Answer announced = announce(submission, "lighthouse.png", "image/png", png.length);
        assertThat(announced.status()).as(announced.text()).isEqualTo(200);
        return announced;
    }

    /** Creates a submission, announces a PNG and puts it; the submission's id. */
    public String putPng() {
        String submission = begin();
        byte[] png = SampleFiles.png();
        assertThat(put(announcePng(submission, png), png).statusCode()).isEqualTo(200);
        return submission;
    }

    public static HttpResponse<byte[]> put(Answer announced, byte[] bytes) {
        JsonNode data = announced.json().path("data");
        Map<String, String> headers = new LinkedHashMap<>();
        data.path("requiredHeaders")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return Workspace.put(data.path("uploadUrl").asString(), headers, bytes);
    }

    public Answer confirm(String submission) {
        return agent.post(path("/" + submission + "/confirm"));
    }

    public Answer submission(String id) {
        return agent.get(path("/" + id));
    }

    public String status(String id) {
        return submission(id).at("/data/status");
    }

    /** The same submission as the organization sees it. */
    public Answer asSeenByTheOrganization(String id) {
        return admin.get("/v1/organizations/projects/" + project + "/submissions/" + id);
    }
}
