package dev.waybill.submissions;

import dev.waybill.blobs.Promotion;
import dev.waybill.blobs.StoredFile;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.projects.AcceptedType;
import dev.waybill.projects.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Verifies files of submissions: what an agent announces, before a URL is signed, and what was then uploaded. */
@Component
class FileCheck {

    private final ObjectStorage storage;
    private final Promotion promotion;

    FileCheck(ObjectStorage storage, Promotion promotion) {
        this.storage = storage;
        this.promotion = promotion;
    }

    /** @throws InvalidRequest naming every reason why the project does not accept such a file */
    void requireAcceptable(Project project, SubmissionFileRequest request) {
        Violations violations = new Violations();
        FileNames.problems(request.fileName())
                .forEach(problem -> violations.add(Violation.body("fileName", problem.message(), problem.type())));
        List<String> expected = Formats.expected(request.fileType(), request.fileName());
        String phrase = MediaTypes.phrase(expected.isEmpty() ? MediaTypes.UNKNOWN : expected.getFirst());
        List<AcceptedType> types = project.typesFor(request.fileType(), request.fileName());
        if (types.isEmpty()) {
            violations.add(Violation.body(
                    "fileType",
                    "announces '%s' as %s, which this project does not accept; accepted: %s"
                            .formatted(request.fileName(), phrase, String.join(", ", project.acceptedTypes())),
                    "value_error"));
        }
        if (request.fileSize() > project.maxFileSizeBytes()) {
            violations.add(Violation.body(
                    "fileSize",
                    "is %d bytes; this project takes files of up to %d"
                            .formatted(request.fileSize(), project.maxFileSizeBytes()),
                    "out_of_range"));
        }
        if (request.fileSize() == 0 && !types.isEmpty() && !mayBeEmpty(types, expected)) {
            violations.add(Violation.body(
                    "fileSize",
                    expected.isEmpty()
                            ? "must be at least 1: this project accepts no empty file"
                            : "must be at least 1: an empty file is no %s".formatted(phrase.replaceFirst("^an? ", "")),
                    "greater_than_equal"));
        }
        violations.refuse();
    }

    private static boolean mayBeEmpty(List<AcceptedType> types, List<String> expected) {
        String type = expected.isEmpty() ? null : expected.getFirst();
        return types.stream()
                        .anyMatch(each -> each.kind() == null || each.kind().takesEmpty(type))
                && (type == null || mayBeEmpty(type));
    }

    /** As for a property of the kind of such files; a table that is text may be empty as text. */
    private static boolean mayBeEmpty(String type) {
        return Stream.of(FileKind.values())
                .filter(kind -> kind.takes(type) && !(kind == FileKind.EXCEL && FileKind.TEXT.takes(type)))
                .findFirst()
                .filter(kind -> kind.takesEmpty(type))
                .isPresent();
    }

    /**
     * Verifies the staged bytes, and promotes them to a final key, which no agent can write.
     *
     * @return the file, verified
     * @throws WaybillException when it is missing, is not what was announced, or storage is unavailable
     */
    MediaFile promote(Project project, MediaFile file) {
        ObjectHead head =
                storage.readHead(file.s3Key(), MediaTypes.HEAD_BYTES).orElseThrow(SubmissionFailures::fileNotFound);
        DetectionResult format = requireAnnounced(project, file, head);
        String detected = format.mediaType();
        Promotion.Wanted wanted = new Promotion.Wanted(
                head.object(),
                project.organizationId().value(),
                detected,
                file.fileName(),
                format.evidence().contentEncoding());
        ObjectKey key = promotion
                .promote(wanted, copy -> isSame(project, file, detected, copy))
                .orElseThrow(SubmissionFailures::changedMeanwhile)
                .key();
        return file.verified(key, head.object().etag().value(), detected);
    }

    private boolean isSame(Project project, MediaFile file, String detected, StoredObject copy) {
        return storage.readHead(copy.key(), MediaTypes.HEAD_BYTES)
                .filter(head -> head.object().size() == file.fileSizeBytes()
                        && accepted(project, file, input(file, head))
                                .filter(same -> same.mediaType().equals(detected))
                                .isPresent())
                .isPresent();
    }

    private DetectionInput input(MediaFile file, ObjectHead head) {
        return new DetectionInput(
                StoredFile.of(storage, head),
                file.fileName(),
                file.fileType(),
                null,
                head.object().contentEncoding());
    }

    /** @return what the bytes show */
    private DetectionResult requireAnnounced(Project project, MediaFile file, ObjectHead head) {
        if (head.object().size() != file.fileSizeBytes()) {
            throw new WaybillException(
                    ErrorCode.SIZE_MISMATCH,
                    "Size mismatch: fileSize says %d bytes, storage has %d"
                            .formatted(file.fileSizeBytes(), head.object().size()),
                    Map.of(
                            "field",
                            "fileSize",
                            "expected",
                            file.fileSizeBytes(),
                            "actual",
                            head.object().size()));
        }
        DetectionInput input = input(file, head);
        return accepted(project, file, input)
                .orElseThrow(() -> rejected(project, file.fileType(), Formats.answer(input)));
    }

    private static Optional<DetectionResult> accepted(Project project, MediaFile file, DetectionInput input) {
        for (AcceptedType type : project.typesFor(file.fileType(), file.fileName())) {
            DetectionResult result = type.detect(input);
            if (type.accepts(result, file.fileType())) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }

    private static WaybillException rejected(Project project, String declared, DetectionResult detected) {
        String what = "%s (%s)".formatted(MediaTypes.phrase(detected.mediaType()), detected.mediaType());
        String why = detected.isAsDeclared()
                ? "The file is %s, which this project does not accept; accepted: %s"
                        .formatted(what, String.join(", ", project.acceptedTypes()))
                : "Type mismatch: fileType says %s, the file is %s; announce it as what it is, or send another"
                        .formatted(declared, what);
        return new WaybillException(
                ErrorCode.INVALID_FILE_FORMAT,
                why,
                Map.of(
                        "field",
                        "fileType",
                        "expected",
                        MediaTypes.canonical(declared),
                        "actual",
                        detected.mediaType(),
                        "accepted",
                        project.acceptedTypes()));
    }

    /** A text must be Unicode that can be stored. */
    static void requireText(String text) {
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
