"""Contents on disk and in a real S3 server."""

import stat
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from lti_tool.errors import NotFound
from lti_tool.files.blob_store import BlobStore, S3Access, open_store
from lti_tool.files.errors import StoreAway
from tests.fixtures.ports import free_port

KEY = "ab/abcd-1234"
CONTENT = bytes(range(256)) * 100


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """A server that speaks S3; gives its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "disk":
        return open_store(str(tmp_path / "files"), S3Access())
    address = request.getfixturevalue("s3")
    client = boto3.client(
        "s3", endpoint_url=address, region_name="eu-north-1", aws_access_key_id="id", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    return open_store("s3://files/partnerwise", S3Access(address, "eu-north-1", "id", "secret"))


def test_what_is_put_is_there_until_it_is_deleted(store: BlobStore) -> None:
    store.put(KEY, CONTENT)
    store.put(KEY, CONTENT)
    assert store.get(KEY) == CONTENT
    store.delete(KEY)
    store.delete(KEY)
    with pytest.raises(NotFound):
        store.get(KEY)


def test_a_bucket_is_shared_under_a_prefix(s3: str) -> None:
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="us-east-1", aws_access_key_id="id", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket="shared")
    open_store("s3://shared/of/ours", S3Access(s3, "us-east-1", "id", "s")).put(KEY, CONTENT)
    assert [one["Key"] for one in client.list_objects_v2(Bucket="shared")["Contents"]] == [f"of/ours/{KEY}"]


def test_a_store_that_is_away_or_has_no_such_bucket_is_told_from_one_without_the_contents(s3: str) -> None:
    for address in (f"http://127.0.0.1:{free_port()}", s3):
        store = open_store("s3://nowhere", S3Access(address, "us-east-1", "id", "secret"))
        with pytest.raises(StoreAway):
            store.put(KEY, CONTENT)


def test_a_folder_that_cannot_be_written_is_a_store_that_is_away(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "files"), S3Access())
    (tmp_path / "files" / "ab").write_text("a file where a folder should be")
    with pytest.raises(StoreAway):
        store.put(KEY, CONTENT)


def test_the_folder_is_for_the_tools_user_alone(tmp_path: Path) -> None:
    open_store(str(tmp_path / "files"), S3Access())
    assert not (tmp_path / "files").stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
