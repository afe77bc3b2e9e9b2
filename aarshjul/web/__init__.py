"""The pages: what people reach with a browser. May use acts, notifications and models; never flows or Prefect."""
