package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work that an organization asks its agents for. */
public interface Project {

    OrganizationId organizationId();

    ProjectId projectId();

    String name();

    String prompt();

    /** Media types of files, such as {@code image/png} or {@code image/*}; empty for any. */
    List<String> acceptedTypes();

    /** From when on nothing new is taken; null for never. */
    @Nullable
    Instant deadline();

    /** The largest file, 1 byte to 5 GiB. */
    long maxFileSizeBytes();

    /** As on the wire. */
    String status();

    boolean isFor(AgentId agent);

    /** Those of its types that a file may be taken as which nobody has seen yet; none when it cannot be taken. */
    List<AcceptedType> typesFor(String declared, String filename);

    boolean isOpen();

    boolean isOver(Instant now);
}
