package dev.waybill.projects;

import dev.waybill.agents.AgentId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project: work that an organization requests of its agents, who submit texts and files to it. */
public interface Project {

    OrganizationId organizationId();

    ProjectId projectId();

    String name();

    String prompt();

    /** Media types of files, such as {@code image/png} or {@code image/*}; empty for any. */
    List<String> acceptedTypes();

    /** From when on no new submission is accepted; null for never. */
    @Nullable
    Instant deadline();

    /** The largest file, 1 byte to 5 GiB. */
    long maxFileSizeBytes();

    /** As on the wire. */
    String status();

    boolean isFor(AgentId agent);

    /** Those of its types as which a file may be accepted whose bytes are not yet known; none when it cannot be. */
    List<AcceptedType> typesFor(String declared, String filename);

    boolean isOpen();

    boolean isOver(Instant now);
}
