"""gongkai: China's yearly open-government reports as one SQL fact table.

The folders follow the data: ``readers`` (bytes to document), ``forms`` (the
statistical forms as data), ``extract`` (document to observations), ``agencies``
(names to identity), ``facts`` (observations to facts and checks), ``warehouse``
(tables to files). ``assets``, ``definitions`` and ``cli`` only call them.
"""
