# The state in a bucket of the city: terraform init -backend-config="bucket=NAME" -backend-config="prefix=laksa".
# It holds no secret: those go in by write-only values.
terraform {
  backend "gcs" {}
}
