"""Places to keep files in tests: fresh local folders, or fresh buckets of a real S3."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from pytest_django import Settings


def s3_options(bucket: str) -> dict[str, Any]:
    return {
        "bucket_name": bucket,
        "endpoint_url": os.environ["S3_TEST_ENDPOINT"],
        "region_name": "us-east-1",
        "access_key": os.environ.get("S3_TEST_ACCESS_KEY", "devkey"),
        "secret_key": os.environ.get("S3_TEST_SECRET_KEY", "devsecret123"),
        "signature_version": "s3v4",
        "addressing_style": "path",
        "file_overwrite": False,
        "default_acl": None,
    }


def s3_resource() -> Any:
    options = s3_options("")
    return boto3.resource(
        "s3",
        endpoint_url=options["endpoint_url"],
        region_name=options["region_name"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )


def public_packages(bucket: str) -> str:
    """The bucket policy of docs/operations.md: anybody may read packages, no more."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/packages/*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def s3_bucket() -> Iterator[str]:
    """A fresh bucket whose packages anybody may read; gone after the test."""
    name = f"test-{secrets.token_hex(6)}"
    resource = s3_resource()
    bucket = resource.create_bucket(Bucket=name)
    bucket.Policy().put(Policy=public_packages(name))
    try:
        yield name
    finally:
        for upload in bucket.multipart_uploads.all():
            upload.abort()
        bucket.objects.all().delete()
        bucket.delete()
        resource.meta.client.close()


@pytest.fixture
def folders(tmp_path: Path, settings: Settings) -> Path:
    settings.STAGING_DIR = tmp_path / "staging"
    settings.SCRATCH_DIR = tmp_path / "scratch"
    settings.STAGING_DIR.mkdir()
    return tmp_path


@pytest.fixture
def local_storages(folders: Path, settings: Settings) -> Path:
    """STORAGES in fresh folders `originals` and `packages` below the returned one."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": backend,
            "OPTIONS": {"location": str(folders / "originals"), "base_url": None},
        },
        "packages": {
            "BACKEND": backend,
            "OPTIONS": {
                "location": str(folders / "packages"),
                "base_url": "/packages/",
            },
        },
    }
    return folders


@pytest.fixture
def s3_storages(s3_bucket: str, folders: Path, settings: Settings) -> str:
    """STORAGES on a real S3 server; the name of the bucket."""
    backend = "storages.backends.s3.S3Storage"
    host = os.environ["S3_TEST_ENDPOINT"].partition("://")[2]
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": backend,
            "OPTIONS": {**s3_options(s3_bucket), "location": "originals"},
        },
        "packages": {
            "BACKEND": backend,
            "OPTIONS": {
                **s3_options(s3_bucket),
                "location": "packages",
                "querystring_auth": False,
                "custom_domain": f"{host}/{s3_bucket}",
                "url_protocol": "http:",
            },
        },
    }
    return s3_bucket


@pytest.fixture(params=["local", pytest.param("s3", marks=pytest.mark.s3)])
def any_storages(request: pytest.FixtureRequest) -> str:
    """Runs a test on both; the kind it is on."""
    kind: str = request.param
    request.getfixturevalue(f"{kind}_storages")
    return kind
