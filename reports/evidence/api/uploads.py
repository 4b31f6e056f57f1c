"""Sending files over REST: at once as a form (multipart), or in parts that go on after a broken line (tus)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ParseError
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.reports import RefusedStep
from reports.conditions.workflow import Refused
from reports.evidence import actions, limits, quarantine
from reports.evidence.api import tus
from reports.evidence.api.receipts import UploadSerializer
from reports.evidence.api.sending import FilesSerializer, TargetSerializer
from reports.evidence.models import Upload
from reports.evidence.models.original import sha256 as is_sha256
from reports.evidence.receipts import receipts
from reports.evidence.targets import Target, refusal_to_add
from reports.evidence.vocabulary import Door, UploadState
from sites.parsers import MultiPartParser
from sites.references import CodesFilter, Parameters

HASHES = "sha256"


class MaySend(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        return request.method in SAFE_METHODS or request.user.has_perm("evidence.add_evidence")


class UploadFilter(Parameters):
    state = CodesFilter(choices=UploadState.choices)

    class Meta:
        model = Upload
        fields: list[str] = []


def _header(name: str, says: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=says, required=required)


VERSION = _header("Tus-Resumable", "“1.0.0”: this request speaks tus.")
ANSWERS = OpenApiResponse(description="tus: the headers say how far it is.")


@extend_schema_view(retrieve=extend_schema(responses=UploadSerializer))
class UploadViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Files that you send, and what became of each; the last first.

    A form (multipart) sends many at once. For bad lines, any client of tus 1.0 announces a file by
    `POST`, sends parts by `PATCH`, asks by `HEAD` where to go on, and forgets it by `DELETE`.
    """

    queryset = Upload.objects.none()
    serializer_class = UploadSerializer
    permission_classes = [MaySend]
    parser_classes = [MultiPartParser]
    filterset_class = UploadFilter
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Upload]:
        own: QuerySet[Upload] = Upload.objects.filter(by=self.request.user.pk)
        return own.select_related("monument__site", "report", "plan").order_by("-id")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where a line lets neither PATCH nor DELETE through, tus sends them as POST."""
        meant = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and meant in {"PATCH", "DELETE"}:
            request.method = meant
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before anything reads the form: one that is too large is not read at all."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.EVIDENCE_MAX_REQUEST_MB * limits.MIB:
            raise tus.TooLarge(_("The files are too large to be sent together; send fewer at once."))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Tus-Resumable"] = tus.VERSION
        if request.method == "OPTIONS" or answer.status_code == tus.WrongVersion.status_code:
            tus.says_what_there_is(answer)
        return answer

    @extend_schema(responses=UploadSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._said(list(page or [])))

    def retrieve(self, request: Request, pk: str) -> Response:
        upload = self.get_object()
        here = actions.received(upload)
        if tus.is_spoken(request) and upload.state == UploadState.REFUSED:
            raise tus.Gone(self._said([upload])[0]["reason"])
        headers = {**tus.how_far(upload, here), "Cache-Control": "no-store"}
        return Response(self._said([upload])[0], headers=headers)

    @extend_schema(
        parameters=[
            VERSION,
            _header("Upload-Length", "tus: the size of the file in bytes."),
            _header("Upload-Metadata", "tus: filename; monument, report or plan; sha256 if you have counted it."),
        ],
        request={"multipart/form-data": FilesSerializer},
        responses={201: UploadSerializer(many=True), 413: None},
    )
    def create(self, request: Request) -> Response:
        """Send files as a form; or announce one by tus, and send it to the address in `Location`."""
        if tus.is_spoken(request):
            return self._announce(request)
        files = self._form(request)
        target = self._target(request.data)
        sent = [self._take_in(target, file, sha256) for file, sha256 in files]
        return Response(self._said(sent), status=201)

    @extend_schema(
        parameters=[
            VERSION,
            _header("Upload-Offset", "Where the part begins.", required=True),
            _header("Upload-Checksum", "sha256 or sha1, and the hash of the part in Base64."),
        ],
        request={tus.MEDIA_TYPE: OpenApiTypes.BINARY},
        responses={204: ANSWERS, 423: None, 460: None},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Send a part of the file (tus); what arrives of it stays, even if the line breaks."""
        tus.check_version(request)
        tus.check_part(request)
        upload, offset, checksum = self.get_object(), tus.number(request, "Upload-Offset"), tus.checksum(request)
        # Not `request.data`: what is sent is read as it comes, and never lies in memory.
        source = cast("IO[bytes]", request._request)  # noqa: SLF001 - there is no other way to what is sent
        try:
            here = actions.receive(upload, source, offset=offset, checksum=checksum)
        except actions.Altered as refusal:
            raise tus.ChecksumDiffers(str(refusal)) from refusal
        except Refused as refusal:
            raise RefusedStep(refusal) from refusal
        except quarantine.Busy as busy:
            raise tus.InUse(_("Another request sends this file just now; try again in a moment.")) from busy
        return Response(status=204, headers=tus.how_far(upload, here))

    @extend_schema(parameters=[VERSION], responses={204: ANSWERS})
    def destroy(self, request: Request, pk: str) -> Response:
        """Forget a file that is on its way, or one that was refused."""
        try:
            actions.cancel(self.get_object(), by=request.user)
        except Refused as refusal:
            raise RefusedStep(refusal) from refusal
        except quarantine.Busy as busy:
            raise tus.InUse(_("Another request sends this file just now; try again in a moment.")) from busy
        return Response(status=204)

    def _announce(self, request: Request) -> Response:
        tus.check_version(request)
        told, size = tus.metadata(request), tus.number(request, "Upload-Length")
        upload = self._begin(self._target(told), told.get("filename", ""), size, told.get(HASHES, ""))
        if upload.refusal:
            said = self._said([upload])[0]
            raise tus.TooLarge(f"{said['reason']} {said['advice']}")
        headers = {**tus.how_far(upload, 0), "Location": reverse("api:upload-detail", args=[upload.pk])}
        return Response(status=201, headers=headers)

    def _form(self, request: Request) -> Iterable[tuple[Any, str]]:
        """The files, and the hash of each as its sender counted it, or an empty text."""
        try:
            files = request.FILES.getlist("files")
        except TooManyFilesSent as error:
            most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            raise ParseError(_("Send at most %(most)s files at once.") % {"most": most}) from error
        hashes = cast("Any", request.data).getlist(HASHES) or [""] * len(files)
        if not files:
            raise serializers.ValidationError({"files": [_("Choose one file or more.")]})
        if len(hashes) != len(files):
            raise serializers.ValidationError({HASHES: [_("Send one hash for each file, or none.")]})
        # Before the first is taken in: what was sent together is taken in together.
        for sha256 in filter(None, hashes):
            _check_hash(sha256.lower())
        return zip(files, hashes, strict=True)

    def _target(self, told: Any) -> Target:
        """What the files are to be evidence of. Raises ValidationError, RefusedStep (nothing is added there)."""
        named = TargetSerializer(data=told, context=self.get_serializer_context())
        try:
            named.is_valid(raise_exception=True)
            target: Target = named.validated_data["target"]
            if refusal := refusal_to_add(target, self.request.user):
                raise refusal
        except Refused as refused:
            raise RefusedStep(refused) from refused
        return target

    def _begin(self, target: Target, name: str, size: int, sha256: str) -> Upload:
        if sha256:
            _check_hash(sha256.lower())
        facts: dict[str, Any] = {"name": name, "size": size, "client_sha256": sha256.lower()}
        # Browsers that send the portal's own forms are signed in by their session.
        door = Door.API if self.request.auth else Door.PORTAL
        try:
            return actions.begin(target, by=self.request.user, door=door, **facts)
        except Refused as refusal:
            raise RefusedStep(refusal) from refusal

    def _take_in(self, target: Target, file: Any, sha256: str) -> Upload:
        upload = self._begin(target, file.name or "", file.size or 0, sha256)
        if upload.state == UploadState.RECEIVING:
            actions.receive(upload, file, offset=0)
        return upload

    def _said(self, uploads: Sequence[Upload]) -> Any:
        found = receipts(uploads, self.request.user)
        return UploadSerializer(found, many=True, context=self.get_serializer_context()).data


def _check_hash(sha256: str) -> None:
    try:
        is_sha256(sha256)
    except FormError as error:
        raise serializers.ValidationError({HASHES: error.messages}) from error
