package dev.waybill.submissions;

import dev.waybill.blobs.Promotion;
import dev.waybill.blobs.StoredFile;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.FormatAnswer;
import dev.waybill.platform.formats.FormatQuestion;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.Glimpse;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Checks files: what an agent announces, before a URL is signed, and what then really lies in storage. */
@Component
class FileCheck {

    private final ObjectStorage storage;
    private final Promotion promotion;

    FileCheck(ObjectStorage storage, Promotion promotion) {
        this.storage = storage;
        this.promotion = promotion;
    }

    /** @throws InvalidRequest naming everything that keeps the project from taking such a file */
    void announced(ProjectDocument project, SubmissionFileRequest request) {
        Violations violations = new Violations();
        FileNames.problems(request.fileName())
                .forEach(problem -> violations.add(Violation.body("fileName", problem.message(), problem.type())));
        String type = MediaTypes.normalize(request.fileType()).orElse(null);
        if (type == null) {
            violations.add(Violation.body(
                    "fileType",
                    "must be a media type such as image/png, not '%s'".formatted(request.fileType()),
                    "value_error"));
        } else if (!project.accepts(type)) {
            violations.add(Violation.body(
                    "fileType",
                    "%s is not accepted by this project; accepted: %s"
                            .formatted(type, String.join(", ", project.acceptedTypes())),
                    "value_error"));
        }
        if (request.fileSize() > project.maxFileSizeBytes()) {
            violations.add(Violation.body(
                    "fileSize",
                    "is %d bytes; this project takes files of up to %d"
                            .formatted(request.fileSize(), project.maxFileSizeBytes()),
                    "out_of_range"));
        }
        if (type != null && request.fileSize() == 0 && !mayBeEmpty(type)) {
            violations.add(Violation.body(
                    "fileSize", "must be at least 1: an empty file is no %s".formatted(type), "greater_than_equal"));
        }
        violations.refuse();
    }

    /** As a property of the kind that such files mean would have it; a table that is text may be empty as text. */
    private static boolean mayBeEmpty(String type) {
        return Stream.of(FileKind.values())
                .filter(kind -> kind.takes(type) && !(kind == FileKind.EXCEL && FileKind.TEXT.takes(type)))
                .findFirst()
                .filter(kind -> kind.takesEmpty(type))
                .isPresent();
    }

    /**
     * Looks at the bytes, and brings them to a key that no agent can write.
     *
     * @return the file, verified
     * @throws WaybillException when it is not there, not what was announced, or storage is away
     */
    MediaFile stored(OrganizationId organization, MediaFile file) {
        Glimpse seen =
                storage.glimpse(file.s3Key(), MediaTypes.HEAD_BYTES).orElseThrow(SubmissionFailures::fileNotFound);
        FormatAnswer format = requireAnnounced(file, seen);
        String shown = format.mediaType();
        Promotion.Wanted wanted = new Promotion.Wanted(
                seen.object(),
                organization.value(),
                shown,
                file.fileName(),
                format.evidence().contentEncoding());
        ObjectKey key = promotion
                .promote(wanted, copy -> isSame(file, shown, copy))
                .orElseThrow(SubmissionFailures::changedMeanwhile)
                .key();
        return file.verified(key, seen.object().etag().value(), shown);
    }

    private boolean isSame(MediaFile file, String shown, StoredObject copy) {
        return storage.glimpse(copy.key(), MediaTypes.HEAD_BYTES)
                .filter(seen -> seen.object().size() == file.fileSizeBytes()
                        && format(file, seen).mediaType().equals(shown))
                .isPresent();
    }

    private FormatAnswer format(MediaFile file, Glimpse seen) {
        return Formats.answer(new FormatQuestion(
                StoredFile.of(storage, seen),
                file.fileName(),
                file.fileType(),
                null,
                seen.object().contentEncoding()));
    }

    /** @return what the bytes show */
    private FormatAnswer requireAnnounced(MediaFile file, Glimpse seen) {
        if (seen.object().size() != file.fileSizeBytes()) {
            throw new WaybillException(
                    ErrorCode.SIZE_MISMATCH,
                    "Size mismatch: fileSize says %d bytes, storage has %d"
                            .formatted(file.fileSizeBytes(), seen.object().size()),
                    Map.of(
                            "field",
                            "fileSize",
                            "expected",
                            file.fileSizeBytes(),
                            "actual",
                            seen.object().size()));
        }
        FormatAnswer format = format(file, seen);
        if (!format.isAsDeclared()) {
            String told = MediaTypes.normalize(file.fileType()).orElse(MediaTypes.UNKNOWN);
            String shown = format.mediaType();
            throw new WaybillException(
                    ErrorCode.INVALID_FILE_FORMAT,
                    "Type mismatch: fileType says %s, the bytes are %s".formatted(told, shown),
                    Map.of("field", "fileType", "expected", told, "actual", shown));
        }
        return format;
    }

    /** A text must be Unicode that can be kept. */
    static void text(String text) {
        if (text.isBlank()) {
            throw InvalidRequest.field("text", "must not be blank", "string_too_short");
        }
        boolean broken = text.codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (broken) {
            throw InvalidRequest.field("text", "must be valid Unicode without NUL", "value_error");
        }
    }
}
