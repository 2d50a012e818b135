"""The room of opinion polls."""
